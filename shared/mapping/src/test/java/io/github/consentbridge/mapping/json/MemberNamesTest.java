package io.github.consentbridge.mapping.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberNamesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a\\ud83d": 1}                        | {"a\\ufffd": 1}
            {"\\udE00\\uD83D" : 1}                 | {"\\ufffd\\ufffd" : 1}
            {"\\ud83d\\ud83d\\ude00": {"\\ud800": 1}} | {"\\ufffd\\ud83d\\ude00": {"\\ufffd": 1}}
            {"\\ud83d\\ude00": "\\ud83d"}          | {"\\ud83d\\ude00": "\\ud83d"}
            {"a": "\\ud83d", "\\ud83d": "\\ud83d"} | {"a": "\\ud83d", "\\ufffd": "\\ud83d"}
            {"\\\\ud83d": 1, "\\"\\ud83d": 2}      | {"\\\\ud83d": 1, "\\"\\ufffd": 2}
            """)
    void onlyUnpairedSurrogatesInNamesAreReplaced(String json, String repaired) throws IOException {
        assertThat(MemberNames.withoutUnpairedSurrogates(json)).isEqualTo(repaired);
        assertThat(JsonTree.read(repaired).isObject()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\"", "\\", "\"\\", "{\"a", "{\"\\ud8\": 1}", "{\"\\u\": 1}", "{'\\ud83d': 1}", "\"\":\"\\"})
    void whatIsNotJsonStaysAsItIs(String text) {
        assertThat(MemberNames.withoutUnpairedSurrogates(text)).isEqualTo(text);
    }

    @Test
    void textIsCheckedForUnpairedSurrogates() {
        assertThat(Surrogates.arePaired("météo \ud83d\ude00\ud83d\ude00")).isTrue();
        assertThat(Surrogates.arePaired("Zo\ud83d")).isFalse();
        assertThat(Surrogates.arePaired("\ude00\ud83d")).isFalse();
        assertThat(Surrogates.arePaired("\ud83d\ud83d\ude00")).isFalse();
    }
}
