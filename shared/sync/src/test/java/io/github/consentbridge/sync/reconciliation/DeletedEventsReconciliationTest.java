package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What reconciliations find of deleted events and of dates in the future: no webhook has reported anything. */
class DeletedEventsReconciliationTest {
    private static final Instant FUTURE = Instant.parse("2099-01-01T00:00:00Z");

    private final Pairs pairs = new Pairs(30);

    @AfterEach
    void stop() {
        pairs.close();
    }

    private void run(Scan scan) {
        pairs.systems.clock.advance(Duration.ofMinutes(1));
        assertThat(pairs.run(new ReconciliationRequest(scan, false, false, false), Deadline.none())
                        .finished())
                .isTrue();
        assertThat(pairs.failures).isEmpty();
        pairs.systems.clock.advance(Duration.ofMinutes(1));
    }

    private void assertNothingIsLeft() {
        pairs.found.clear();
        run(Scan.FULL);
        assertThat(pairs.found).isEmpty();
        assertThat(pairs.unresolved).isEmpty();
    }

    private List<JsonNode> events(int number) {
        return pairs.systems.didomi.events(Pairs.person(number));
    }

    private void assertNoneIsOurs(int number) {
        assertThat(events(number))
                .noneMatch(event -> event.at("/metadata/origin").asText().equals("consent-bridge"));
    }

    private void choose(int number, String event, boolean granted, Instant at) {
        SimulatedChoice choice = SimulatedChoice.by(Pairs.person(number))
                .eventId(event)
                .purpose("newsletter", granted)
                .silently();
        pairs.systems.didomi.choose(at == null ? choice : choice.at(at));
    }

    private void assertBothShow(int number, boolean granted) {
        assertThat(pairs.systems.didomi.enabled(Pairs.person(number), "newsletter"))
                .hasValue(granted);
        assertThat(pairs.systems.newsletter(pairs.contacts.get(number))).isEqualTo(granted);
    }

    @Test
    void whatIsLeftStandsAndNoEventIsPosted() {
        choose(0, "refusal", false, null);
        run(Scan.DIDOMI);
        assertBothShow(0, false);

        pairs.systems.didomi.deleteEvent(Pairs.person(0), "refusal");
        run(Scan.DIDOMI);

        assertBothShow(0, true);
        assertNoneIsOurs(0);
        assertNothingIsLeft();
    }

    @Test
    void deletionOfEverythingLeavesDidomiSilent() {
        String only = events(1).get(0).path("id").asText();

        pairs.systems.didomi.deleteEvent(Pairs.person(1), only);
        run(Scan.DIDOMI);

        assertThat(pairs.systems.didomi.enabled(Pairs.person(1), "newsletter")).isEmpty();
        assertThat(events(1)).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void laterChoiceOfStaffStandsAgainstWhatIsLeft() {
        choose(2, "refusal", false, null);
        run(Scan.DIDOMI);
        pairs.edit(2, "new_newsletter", true);
        run(Scan.DYNAMICS);
        choose(2, "again", false, null);
        run(Scan.DIDOMI);
        assertBothShow(2, false);

        pairs.systems.didomi.deleteEvent(Pairs.person(2), "again");
        run(Scan.DIDOMI);

        assertBothShow(2, true);
        assertNothingIsLeft();
    }

    @Test
    void choiceFromTheFutureGivesWayToALaterOne() {
        choose(3, "future", false, FUTURE);
        run(Scan.DIDOMI);
        assertBothShow(3, false);
        pairs.systems.clock.advance(Duration.ofDays(1));

        pairs.edit(3, "new_newsletter", true);
        for (int times = 0; times < 3; times++) {
            run(Scan.FULL);
            pairs.systems.clock.advance(Duration.ofDays(1));
        }

        assertBothShow(3, true);
        assertNothingIsLeft();
    }
}
