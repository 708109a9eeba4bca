package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Organization user ids that name nobody, in deliveries that are in the queue already or whose contact must be read. */
class SyncWorkerIgnoredKeysTest {
    private static final String T7 = "2026-03-01T07:00:00Z";

    private final Systems systems = new Systems(Systems.document(
            "\"bidirectional\": true, \"on_contact_deleted\": \"withdraw\",", Systems.NEWS, Systems.OFFERS));
    private final SyncWorker worker = systems.worker();

    @AfterEach
    void stop() {
        systems.close();
    }

    private long revision(String key) {
        return systems.ledger
                .load(List.of(Systems.key(key)))
                .get(Systems.key(key))
                .revision();
    }

    private List<String> ignored() {
        return systems.outcomeLog.recorded.stream()
                .filter(line -> line.startsWith("delivery ignored"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"undefined", "NULL", " none ", "Anonymous", "[object Object]", "0", "   "})
    void deliveryOfDidomiForNobodyIsCountedAndChangesNothing(String key) {
        UUID contact = systems.contact(key.strip());
        Delivery delivery = systems.chosen(key, true, T7);

        assertThat(systems.outcome(worker, delivery)).isEqualTo(new DeliveryOutcome.Done());

        assertThat(systems.newsletter(contact)).isEqualTo(false);
        assertThat(revision(key)).isEqualTo(LedgerEntry.NEW);
        assertThat(systems.outcomeLog.total(Metric.DELIVERIES_IGNORED)).isEqualTo(1);
        assertThat(ignored()).singleElement().asString().contains("ignored_keys", delivery.id());
    }

    @Test
    void changeOfAContactWithoutAPersonIsCountedAndSaysWhatToDo() {
        UUID contact = systems.contact("Undefined");
        Delivery choice = systems.staff().edit(contact, Map.of("new_newsletter", true));

        assertThat(systems.outcome(worker, choice)).isEqualTo(new DeliveryOutcome.Done());

        assertThat(systems.didomi.events("Undefined")).isEmpty();
        assertThat(revision("Undefined")).isEqualTo(LedgerEntry.NEW);
        assertThat(systems.outcomeLog.total(Metric.DELIVERIES_IGNORED)).isEqualTo(1);
        assertThat(ignored()).singleElement().asString().contains("key=undefined", "ignored_keys", choice.id());
    }

    @Test
    void keyThatOnlyTheRowShowsIsIgnoredToo() {
        UUID contact = systems.contact("null");
        Delivery choice = systems.staff()
                .call(systems.staff()
                        .editBody(contact, Map.of("new_newsletter", true))
                        .withoutImages());

        assertThat(systems.outcome(worker, choice)).isEqualTo(new DeliveryOutcome.Done());

        assertThat(systems.didomi.events("null")).isEmpty();
        assertThat(systems.outcomeLog.total(Metric.DELIVERIES_IGNORED)).isEqualTo(1);
        assertThat(ignored()).singleElement().asString().contains("key=null", choice.id());
    }

    @Test
    void deletedContactOfNobodyWithdrawsNothing() {
        UUID contact = systems.contact("anonymous");
        systems.didomi.choose(SimulatedChoice.by("anonymous").purpose("newsletter", true));

        assertThat(systems.outcome(worker, systems.staff().delete(contact))).isEqualTo(new DeliveryOutcome.Done());

        assertThat(systems.didomi.enabled("anonymous", "newsletter")).hasValue(true);
        assertThat(systems.outcomeLog.total(Metric.DELIVERIES_IGNORED)).isEqualTo(1);
    }

    /** Its last person is known by the contact's id, as where the key was emptied. */
    @Test
    void deletedContactWhoseKeyWasOverwrittenIsStillThatOfItsPerson() {
        UUID ada = systems.contact("ada");
        systems.didomi.choose(
                SimulatedChoice.by("ada").purpose("newsletter", true).silently());
        systems.outcome(worker, systems.chosen("ada", true, T7));
        systems.clock.advance(Duration.ofMinutes(1));
        systems.dataverse.editContact(ada, Map.of("new_didomiid", "undefined"));

        systems.outcome(worker, systems.staff().delete(ada));

        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(false);
    }

    @Test
    void othersOfTheBatchAreNotAffected() {
        UUID grace = systems.contact("grace");

        systems.handle(worker, systems.chosen("undefined", true, T7), systems.chosen("grace", true, T7));

        assertThat(systems.newsletter(grace)).isEqualTo(true);
    }
}
