package io.github.consentbridge.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://api.didomi.io/v1, https://api.didomi.io/v1",
        "https://api.didomi.io/v1/, https://api.didomi.io/v1",
        "' HTTPS://API.didomi.io ', https://api.didomi.io",
        "http://localhost:8080, http://localhost:8080",
        "http://127.0.0.1:9/x/, http://127.0.0.1:9/x",
        "http://[::1]:80, http://[::1]:80",
    })
    void trailingSlashIsRemoved(String text, String kept) {
        assertThat(ServiceUrl.parse("SETTING", text)).hasToString(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api.didomi.io",
                "ftp://api.didomi.io",
                "http://api.didomi.io",
                "http://localhost.evil.example",
                "http://127.0.0.1.evil.example",
                "http://0.0.0.0",
                "https://user:hunter2@api.didomi.io",
                "https://api.didomi.io?hunter2",
                "https://api.didomi.io#hunter2",
                "https://api.di domi.io/hunter2",
                "mailto:hunter2@api.didomi.io",
            })
    void anythingElseIsRefusedWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ServiceUrl.parse("SETTING", text))
                .withMessageContaining("SETTING")
                .withMessageNotContaining("hunter2");
    }
}
