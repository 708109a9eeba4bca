package io.github.consentbridge.mapping.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoredKeysTest {
    @ParameterizedTest
    @CsvSource({
        "undefined, undefined",
        "UNDEFINED, undefined",
        "'\tNull\n', null",
        "' none ', none",
        "aNoNyMoUs, anonymous",
        "'[object object]', '[object Object]'",
        "0, 0",
        "'', ''",
        "' \u2003', ''",
    })
    void namesNobody(String key, String listed) {
        assertThat(IgnoredKeys.DEFAULT.match(key)).contains(listed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada", "00", "undefined@example.org", "nobody", "null-1", "[object Array]", "un defined"})
    void namesAPerson(String key) {
        assertThat(IgnoredKeys.DEFAULT.match(key)).isEmpty();
    }

    @Test
    void listedKeysAreComparedInTheSameWay() {
        IgnoredKeys own = new IgnoredKeys(List.of(" N/A "));

        assertThat(own.match("n/a")).contains(" N/A ");
        assertThat(own.match("undefined")).isEmpty();
    }

    @Test
    void blankIdNamesNobodyWhateverTheListSays() {
        assertThat(new IgnoredKeys(List.of()).match("  ")).contains("");
    }
}
