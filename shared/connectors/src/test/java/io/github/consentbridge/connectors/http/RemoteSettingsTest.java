package io.github.consentbridge.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteSettingsTest {
    private static final int MEBIBYTE = 1 << 20;

    @ParameterizedTest
    @CsvSource({"8, 1", "96, 6", "256, 16", "512, 32", "8192, 32"})
    void answerMayTakeAFractionOfTheHeap(long heap, int answer) {
        assertThat(RemoteSettings.answerBytes(heap * MEBIBYTE)).isEqualTo(answer * MEBIBYTE);
    }
}
