package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A full scan ends by itself only if nothing differs that it does not repair. */
class UnresolvedTest {
    private final Pairs pairs = new Pairs(250);

    @AfterEach
    void stop() {
        pairs.close();
    }

    private ReconciliationReport run() {
        pairs.unresolved.clear();
        return pairs.run(new ReconciliationRequest(Scan.FULL, false, false, true), Deadline.none());
    }

    /** The person grants on another device, which Didomi shows as another user of the same organization user id. */
    private void chooseOnDevice(int number, String device, boolean granted) {
        pairs.systems.didomi.choose(SimulatedChoice.by(Pairs.person(number))
                .didomiUser(device)
                .purpose("newsletter", granted)
                .silently());
        pairs.systems.clock.advance(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 240})
    void deviceThatStaffsRefusalDidNotReachIsListed(int number) {
        chooseOnDevice(number, "tablet", true);
        run();
        pairs.edit(number, "new_newsletter", false);
        pairs.systems.clock.advance(Duration.ofMinutes(1));
        // The refusal is posted, and reaches the device that was used last.
        run();
        pairs.systems.clock.advance(Duration.ofMinutes(1));

        ReconciliationReport report = run();

        assertThat(report.totals().differences()).isZero();
        assertThat(report.totals().unresolved()).isEqualTo(1);
        assertThat(pairs.unresolved).singleElement().satisfies(each -> {
            assertThat(each.key()).isEqualTo(Pairs.person(number));
            assertThat(each.mapping()).isEqualTo("new_newsletter");
            assertThat(each.columnValue()).isEqualTo(false);
            assertThat(each.reason()).contains("Didomi users", "Dynamics");
        });
    }

    @Test
    void olderDeviceOfAPersonWhoChoseInDidomiIsNoDifference() {
        chooseOnDevice(7, "tablet", false);

        assertThat(run().totals().changed()).isEqualTo(2);
        assertThat(run().totals().unresolved()).isZero();
        assertThat(pairs.systems.newsletter(pairs.contacts.get(7))).isEqualTo(false);
    }

    @Test
    void refusalThatReachesEveryDeviceInTheEndIsNoDifferenceAnyMore() {
        chooseOnDevice(7, "tablet", true);
        run();
        pairs.edit(7, "new_newsletter", false);
        pairs.systems.clock.advance(Duration.ofMinutes(1));
        run();
        for (JsonNode user : pairs.systems.didomi.users(Pairs.person(7))) {
            chooseOnDevice(7, user.path("id").asText(), false);
        }

        ReconciliationReport report = run();

        assertThat(report.totals().unresolved()).isZero();
        assertThat(pairs.systems.newsletter(pairs.contacts.get(7))).isEqualTo(false);
    }
}
