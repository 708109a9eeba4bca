package io.github.consentbridge.standalone.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.standalone.metrics.MetricsSettings.Place;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsSettingsTest {
    private static Place place(String address) {
        return MetricsSettings.of(address, Map.of()).place();
    }

    @Test
    void placeIsThatOfTheWebhooksOrAnAddressOrNone() {
        assertThat(place(""))
                .isEqualTo(new Place.WithWebhooks())
                .isEqualTo(MetricsSettings.standard().place());
        assertThat(place("off")).isEqualTo(new Place.Closed());
        assertThat(place("0.0.0.0:9464")).isEqualTo(new Place.At("0.0.0.0", 9464));
        assertThat(place("localhost:0")).isEqualTo(new Place.At("localhost", 0));
        assertThat(place("[::1]:9464")).isEqualTo(new Place.At("::1", 9464));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"9464", ":9464", "localhost", "localhost:", "localhost:70000", "::1:9464", "http://a:1", "on"})
    void otherTextIsRefused(String address) {
        assertThatThrownBy(() -> place(address))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--metrics-address must be a host and a port")
                .hasMessageContaining("'" + address + "'");
    }

    @Test
    void stackIsReadFromTheEnvironment() {
        assertThat(MetricsSettings.of("", Map.of("BRIDGE_STACK", "acme")).stack())
                .contains("acme");
        assertThat(MetricsSettings.of("", Map.of("BRIDGE_STACK", " ")).stack()).isEmpty();
        assertThat(MetricsSettings.standard().stack()).isEmpty();
    }
}
