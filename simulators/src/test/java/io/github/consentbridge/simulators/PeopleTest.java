package io.github.consentbridge.simulators;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.http.ManualClock;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PeopleTest {
    @Test
    void onlyTheRequestedShareOfPeopleDiffers() {
        ManualClock clock = new ManualClock("2026-10-02T08:15:30.120Z");
        try (Simulators simulators = Simulators.start(clock)) {
            new People(simulators, 7).add(200, 0.1, clock.instant());

            long differing = simulators.dataverse().contactIds().stream()
                    .filter(id -> differs(simulators, id))
                    .count();

            assertThat(simulators.didomi().userCount()).isEqualTo(200);
            assertThat(differing).isBetween(5L, 40L);
            assertThat(simulators.didomi().pending()).isEmpty();
        }
    }

    private static boolean differs(Simulators simulators, UUID id) {
        Object column = simulators.dataverse().contact(id).get("new_newsletter");
        return !Objects.equals(
                column, simulators.didomi().enabled(id.toString(), "newsletter").orElseThrow());
    }
}
