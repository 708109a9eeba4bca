package io.github.consentbridge.mapping.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with an object mapper. */
class JsonTreeTest {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "\"\"",
                "  {\"a\" : [1, -2147483649, 12345678901234567890, 1.5, -0.0, 1e300, 1E-7], \"b\": {\"c\": null}}  ",
                "{\"a\": 1, \"b\": 2, \"a\": {\"d\": false}}",
                "{\"\": \"\\u0000\\u001f \\\" \\\\ / \\ud83d\\ude00 météo ☂ \\u2028\"}",
                "[[[[[]]]], {\"x\": [{}, {}]}]",
            })
    void readsAndWritesAsAnObjectMapperDoes(String text) throws IOException {
        assertThat(JsonTree.read(text)).isEqualTo(MAPPER.readTree(text));
        assertThat(JsonTree.read(text.getBytes(UTF_8))).isEqualTo(MAPPER.readTree(text));
        assertThat(JsonTree.write(JsonTree.read(text))).isEqualTo(MAPPER.writeValueAsString(MAPPER.readTree(text)));
        assertThat(JsonTree.writeAscii(JsonTree.read(text))).isEqualTo(ASCII.writeValueAsString(MAPPER.readTree(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,", "{\"a\"}", "{} {}", "1 2", "]", "{a: 1}", "[1,]", "nul", "\"open"})
    void refusesWhatAnObjectMapperRefuses(String text) {
        assertThatThrownBy(() -> MAPPER.readTree(text)).isInstanceOf(JsonProcessingException.class);

        assertThatThrownBy(() -> JsonTree.read(text)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void emptyTextIsAMissingNode() throws IOException {
        assertThat(JsonTree.read(" ").isMissingNode()).isTrue();
    }

    @Test
    void nestingIsBounded() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);

        assertThatThrownBy(() -> JsonTree.read(deep)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void writtenTextCanBeEncodedWhateverItHolds() throws IOException {
        String written = JsonTree.write(JsonTree.read("{\"a\": \"é \\ud83d\"}"));

        assertThat(new String(written.getBytes(UTF_8), UTF_8)).isEqualTo(written);
        assertThat(JsonTree.read(written).path("a").textValue()).isEqualTo("é \ud83d");
    }

    @Test
    void numberWithMoreDigitsThanJacksonAdmitsIsReadAsADouble() throws IOException {
        JsonFactory lenient = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build())
                .build();

        try (JsonParser parser = lenient.createParser("[" + "9".repeat(1_000_000) + ", 1" + "0".repeat(1_000) + "]")) {
            assertThat(JsonTree.read(parser).get(0).doubleValue()).isEqualTo(Double.POSITIVE_INFINITY);
        }
    }
}
