package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.history.ChainedEntry;
import io.github.consentbridge.sync.history.HistoryEntry;
import io.github.consentbridge.sync.history.HistoryKind;
import io.github.consentbridge.sync.history.WrittenColumn;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the history says of a person, and that it says nothing twice. */
@Tag("every-store")
class SyncWorkerHistoryTest {
    private Systems systems = new Systems(Systems.document("\"bidirectional\": true,", Systems.NEWS, Systems.NO_NEWS));
    private SyncWorker worker = systems.worker();

    @AfterEach
    void stop() {
        systems.close();
    }

    private void use(String properties) {
        systems.close();
        systems = new Systems(Systems.document(properties, Systems.NEWS, Systems.NO_NEWS));
        worker = systems.worker();
    }

    private List<HistoryEntry> history() {
        return systems.ledger.history(Systems.key("ada")).stream()
                .map(ChainedEntry::entry)
                .toList();
    }

    private List<HistoryKind> kinds() {
        return history().stream().map(HistoryEntry::kind).toList();
    }

    private Delivery chosen(boolean granted, String at) {
        return systems.event("ada", "u-1", "gdpr", at, """
                {"purposes": [{"id": "newsletter", "enabled": %s}]}""".formatted(granted));
    }

    @Test
    void choiceNamesItsEventAndTheWriteTheValuesBeforeAndAfter() {
        UUID ada = systems.contact("ada");

        systems.handle(worker, chosen(true, "2026-03-01T07:30:00Z"));

        // The other column shows the choice without being written.
        assertThat(kinds()).containsExactly(HistoryKind.CHOICE, HistoryKind.OBSERVED, HistoryKind.WRITE);
        HistoryEntry choice = history().get(0);
        assertThat(choice.by()).isEqualTo("event e-0");
        assertThat(choice.decidedAt()).isEqualTo("2026-03-01T07:30:00Z");
        assertThat(history().get(1).replica()).isEqualTo("new_nonews");
        HistoryEntry write = history().get(2);
        assertThat(write.replica()).isEqualTo("new_newsletter");
        assertThat(write.column()).isEqualTo(new WrittenColumn(ada.toString(), false, true));
    }

    @Test
    void writeThatDataverseRefusesIsNoneInTheHistory() {
        systems.contact("ada");
        systems.dataverse.plugin("new_newsletter", value -> {
            throw new DataverseError(400, "0x80040265", "The newsletter is closed.");
        });

        systems.handle(worker, chosen(true, "2026-03-01T07:30:00Z"));

        assertThat(history())
                .filteredOn(entry -> entry.kind() == HistoryKind.WRITE)
                .extracting(HistoryEntry::replica)
                .doesNotContain("new_newsletter");
    }

    @Test
    void sameDeliveryAHundredTimesIsRecordedOnce() {
        systems.contact("ada");
        Delivery delivery = chosen(true, "2026-03-01T07:30:00Z");
        systems.handle(worker, delivery);
        List<HistoryEntry> once = history();

        IntStream.range(0, 100).forEach(repeat -> systems.handle(worker, delivery));

        assertThat(history()).isEqualTo(once);
    }

    @Test
    void choiceThatComesLateIsRecordedOnceAsSuperseded() {
        systems.contact("ada");
        systems.handle(worker, chosen(true, "2026-03-01T07:30:00Z"));
        Delivery late = chosen(false, "2026-03-01T07:00:00Z");

        systems.handle(worker, late);
        systems.handle(worker, late);

        assertThat(kinds())
                .containsExactly(HistoryKind.CHOICE, HistoryKind.OBSERVED, HistoryKind.WRITE, HistoryKind.SUPERSEDED);
        assertThat(history().get(3).by()).isEqualTo("event e-1");
    }

    @Test
    void choiceThatTheOtherSideBeatsNamesTheOneThatStands() {
        UUID ada = systems.contact("ada");
        systems.handle(worker, chosen(true, "2026-03-01T07:30:00Z"));
        systems.handle(worker, systems.staff().edit(ada, Map.of("new_newsletter", false)));

        systems.handle(worker, chosen(true, "2026-03-01T07:45:00Z"));

        assertThat(history())
                .filteredOn(entry -> entry.kind() == HistoryKind.SUPERSEDED)
                .extracting(HistoryEntry::reason)
                .singleElement()
                .asString()
                .startsWith("the choice in Dynamics of 2026-03-01T")
                .endsWith("Z stands: newer than the choice in Didomi of 2026-03-01T07:45:00Z");
    }

    @Test
    void editedHistoryDoesNotStopThePersonOrTheBatch() {
        systems.contact("ada");
        systems.contact("grace");
        systems.handle(worker, chosen(true, "2026-03-01T07:30:00Z"));
        systems.ledger.historyKept = false;
        systems.ledger.edited = true;

        Map<Delivery, DeliveryOutcome> outcomes = systems.handle(
                worker, chosen(false, "2026-03-01T07:00:00Z"), systems.chosen("grace", true, "2026-03-01T07:10:00Z"));

        assertThat(outcomes.values()).containsOnly(new DeliveryOutcome.Done());
    }

    @Test
    void editOfStaffNamesTheUserAndTheEventItLedTo() {
        UUID ada = systems.contact("ada");
        systems.handle(worker, chosen(true, "2026-03-01T07:30:00Z"));
        int before = history().size();

        systems.handle(worker, systems.staff().edit(ada, Map.of("new_newsletter", false)));

        List<HistoryEntry> added = history().subList(before, history().size());
        assertThat(added.get(0).kind()).isEqualTo(HistoryKind.CHOICE);
        assertThat(added.get(0).by()).isEqualTo("user " + systems.dataverse.staffUserId());
        HistoryEntry event = added.stream()
                .filter(entry -> entry.kind() == HistoryKind.EVENT)
                .findFirst()
                .orElseThrow();
        assertThat(systems.didomi.events("ada"))
                .extracting(posted -> posted.path("id").asText())
                .contains(event.eventId());
    }

    @Test
    void writeWhoseAnswerWasLostIsRecordedOnceItIsFound() {
        systems.contact("ada");
        // The first batch reads the columns' types.
        systems.handle(worker, chosen(true, "2026-03-01T07:30:00Z"));
        int before = history().size();
        systems.dataverse.faults().next(RouteKind.BATCH, Fault.dropAfterCommit());
        Delivery refusal = chosen(false, "2026-03-01T07:40:00Z");

        systems.handle(worker, refusal);
        systems.recover();
        systems.handle(worker, refusal);

        List<HistoryEntry> added = history().subList(before, history().size());
        assertThat(added)
                .extracting(HistoryEntry::kind)
                .startsWith(HistoryKind.CHOICE)
                .contains(HistoryKind.WRITE);
        assertThat(added.stream()
                        .filter(entry -> entry.kind() == HistoryKind.WRITE)
                        .map(HistoryEntry::replica))
                .containsExactlyInAnyOrder("new_newsletter", "new_nonews");
    }

    /** The first event makes a Didomi user of its own, the second one changes it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eventWhoseAnswerWasLostHasItsIdOnceItIsFound(boolean first) {
        UUID ada = systems.contact("ada");
        grant();
        if (!first) {
            systems.handle(worker, systems.staff().edit(ada, Map.of("new_newsletter", false)));
            systems.clock.advance(Duration.ofHours(1));
        }
        int before = history().size();
        systems.didomi.faults().next(RouteKind.POST_EVENTS, Fault.dropAfterCommit());
        Delivery edit = systems.staff().edit(ada, Map.of("new_newsletter", !first));

        systems.handle(worker, edit);
        systems.recover();
        systems.handle(worker, edit);

        List<HistoryEntry> events = history().subList(before, history().size()).stream()
                .filter(entry -> entry.kind() == HistoryKind.EVENT)
                .toList();
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.reason()).contains("answer had been lost");
            assertThat(systems.didomi.events("ada"))
                    .filteredOn(posted -> posted.path("id").asText().equals(event.eventId()))
                    .singleElement()
                    .extracting(
                            posted -> Instant.parse(posted.path("created_at").asText()))
                    .isEqualTo(event.decidedAt());
        });
    }

    @Test
    void keptPersonKeepsTheirHistoryAndTheErasureIsRecorded() {
        systems.contact("ada");
        grantAndDelete();

        assertThat(kinds()).contains(HistoryKind.CHOICE, HistoryKind.WRITE).endsWith(HistoryKind.ERASURE);
        assertThat(systems.ledger.entry(Systems.key("ada")).history().head().standing())
                .isEmpty();
    }

    @Test
    void clearedPersonHasNoHistory() {
        use("\"on_user_deleted\": \"clear\",");
        systems.contact("ada");
        grantAndDelete();

        assertThat(history()).isEmpty();
    }

    private void grantAndDelete() {
        grant();
        systems.handle(
                worker, systems.sent("ada", systems.didomi.deleteUser("ada").get(0)));
    }

    private void grant() {
        systems.handle(
                worker,
                systems.sent(
                        "ada",
                        systems.didomi
                                .choose(SimulatedChoice.by("ada")
                                        .didomiUser("u1")
                                        .purpose("newsletter", true))
                                .get(0)));
    }

    @Test
    void noHistoryIsKeptForZeroDays() {
        use("\"history_days\": 0,");
        systems.ledger.historyKept = false;
        systems.contact("ada");

        systems.handle(worker, chosen(true, "2026-03-01T07:30:00Z"));

        assertThat(history()).isEmpty();
    }

    @Test
    void propertyOfAPersonIsNotInTheHistory() {
        systems.close();
        systems = new Systems(
                Systems.document("", Systems.NEWS, "{\"id\": \"new_id\", \"value\": {\"property\": \"id\"}}"));
        systems.dataverse.column(SimulatedColumn.text("new_id", 100));
        worker = systems.worker();
        systems.contact("ada");

        systems.handle(
                worker,
                systems.didomi.choose(SimulatedChoice.by("ada").didomiUser("u1").purpose("newsletter", true)).stream()
                        .map(each -> systems.sent("ada", each))
                        .toArray(Delivery[]::new));

        assertThat(history())
                .allSatisfy(entry -> assertThat(entry.recordId()).isNotNull())
                .extracting(entry -> entry.recordId().value().isConsent())
                .containsOnly(true);
    }
}
