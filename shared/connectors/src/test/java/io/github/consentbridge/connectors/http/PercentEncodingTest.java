package io.github.consentbridge.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentEncodingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "O'Brien O%27Brien",
                "user+news@example.com user%2Bnews%40example.com",
                "50%off&x=1#y 50%25off%26x%3D1%23y",
                "a/b a%2Fb",
                "Renée Ren%C3%A9e",
                "me\u0301te\u0301o me%CC%81te%CC%81o",
                "日本 %E6%97%A5%E6%9C%AC",
                "😀 %F0%9F%98%80",
                "`a b` a%20b",
                "-._~ -._~",
                "²٣ %C2%B2%D9%A3",
            })
    void followsRfc3986(String value, String encoded) {
        assertThat(PercentEncoding.encode(value)).isEqualTo(encoded);
    }

    @Test
    void unpairedSurrogateIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> PercentEncoding.encode("a\ud800"));
    }
}
