package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.Delivery;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a person without a contact. */
class SyncWorkerUpsertTest {
    private static final String T7 = "2026-03-01T07:00:00Z";
    private static final String GUID = "6F0C0000-0000-4000-8000-00000000000A";

    private Systems systems = new Systems(Systems.creating("", Systems.NEWS, Systems.NO_NEWS));

    @AfterEach
    void stop() {
        systems.close();
    }

    private void use(String document) {
        systems.close();
        systems = new Systems(document);
    }

    @Test
    void unknownPersonIsOnlyCountedUnlessUpsertIsOn() {
        use(Systems.NEWSLETTER);

        DeliveryOutcome outcome = systems.outcome(systems.worker(), systems.chosen("ada", true, T7));

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.dataverse.contactCount()).isZero();
        assertThat(systems.dataverse.counters().rowsWritten()).isZero();
        assertThat(systems.outcomeLog.total(Metric.NO_CONTACT)).isEqualTo(1);
    }

    @Test
    void choiceMadeBeforeTheContactAppearedIsWrittenWithTheNextDelivery() {
        use(Systems.document("", Systems.NEWS, Systems.OFFERS));
        SyncWorker worker = systems.worker();
        systems.handle(worker, systems.chosen("ada", true, T7));
        UUID ada = systems.contact("ada");

        systems.handle(worker, systems.chosen("ada", "offers", true, "2026-03-01T07:30:00Z"));

        assertThat(systems.dataverse.contact(ada))
                .containsEntry("new_newsletter", true)
                .containsEntry("new_offers", true);
        assertThat(systems.writesTo(ada)).isEqualTo(1);
    }

    @Test
    void unknownPersonIsCreatedWithKeyAndMappedColumns() {
        DeliveryOutcome outcome = systems.outcome(systems.worker(), systems.chosen("ada", true, T7));

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.dataverse.contact(onlyContact()))
                .containsEntry("new_didomiid", "ada")
                .containsEntry("new_newsletter", true)
                .containsEntry("new_nonews", false);
        assertThat(systems.outcomeLog.total(Metric.CONTACTS_CREATED)).isEqualTo(1);
    }

    @Test
    void createdContactIsWrittenOnceWhateverComesAgain() {
        SyncWorker worker = systems.worker();
        Delivery delivery = systems.chosen("ada", true, T7);

        systems.handle(worker, delivery);
        systems.handle(worker, delivery);
        systems.handle(systems.worker(), delivery);

        assertThat(systems.writesTo(onlyContact())).isEqualTo(1);
    }

    @Test
    void twoWorkersCreateOneContact() throws Exception {
        CountDownLatch bothAboutToCreate = new CountDownLatch(2);
        Fault barrier = (proceed, error) -> {
            bothAboutToCreate.countDown();
            bothAboutToCreate.await();
            return proceed.get();
        };
        systems.dataverse.faults().next(RouteKind.BATCH, barrier, barrier);
        Delivery delivery = systems.chosen("ada", true, T7);

        List<DeliveryOutcome> deliveryOutcomes = inParallel(
                () -> systems.outcome(systems.worker(), delivery), () -> systems.outcome(systems.worker(), delivery));

        assertThat(deliveryOutcomes).containsOnly(new DeliveryOutcome.Done());
        assertThat(systems.dataverse.contact(onlyContact())).containsEntry("new_newsletter", true);
        assertThat(systems.writesTo(onlyContact())).isEqualTo(1);
    }

    private static List<DeliveryOutcome> inParallel(Callable<DeliveryOutcome> one, Callable<DeliveryOutcome> other)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<DeliveryOutcome> first = threads.submit(one);
            Future<DeliveryOutcome> second = threads.submit(other);
            return List.of(first.get(), second.get());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void lostAnswerToACreateMakesNoSecondContact() {
        systems.dataverse.faults().next(RouteKind.BATCH, Fault.dropAfterCommit());
        SyncWorker worker = systems.worker();
        Delivery delivery = systems.chosen("ada", true, T7);

        DeliveryOutcome lost = systems.outcome(worker, delivery);
        systems.recover();
        DeliveryOutcome again = systems.outcome(worker, delivery);

        assertThat(lost).isInstanceOf(DeliveryOutcome.Postponed.class);
        assertThat(again).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.writesTo(onlyContact())).isEqualTo(1);
    }

    @Test
    void contactThatSomebodyCreatesMeanwhileIsFoundAndSettled() {
        systems.dataverse.alternateKey("new_didomiid");
        systems.dataverse.faults().next(RouteKind.CREATE_CONTACT, Fault.after(() -> systems.contact("ada")));

        DeliveryOutcome outcome = systems.outcome(systems.worker(), systems.chosen("ada", true, T7));

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.dataverse.contact(onlyContact())).containsEntry("new_newsletter", true);
        assertThat(systems.dataverse.counters().rowsCreated()).isZero();
    }

    @Test
    void contactThatIsGoneIsCreatedAnew() {
        SyncWorker worker = systems.worker();
        systems.handle(worker, systems.chosen("ada", true, T7));
        systems.dataverse.deleteContact(onlyContact());

        systems.handle(worker, systems.chosen("ada", false, "2026-03-01T07:30:00Z"));

        assertThat(systems.dataverse.contact(onlyContact()))
                .containsEntry("new_newsletter", false)
                .containsEntry("new_nonews", true);
    }

    @Test
    void duplicateThatIsNeverFoundIsADeadLetterThatSaysWhy() {
        systems.dataverse.alternateKey("new_didomiid");
        systems.contact("ADA");

        DeliveryOutcome outcome = systems.outcome(systems.worker(), systems.chosen("ada", true, T7));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        DeliveryOutcome.Dead.class,
                        dead -> assertThat(dead.reason()).contains("0x80060892").contains("key_case"));
    }

    @Test
    void guidThatIsTheContactIdCreatesThatContact() {
        use(Systems.document(true, "contactid", "", Systems.NEWS));

        DeliveryOutcome outcome = systems.outcome(systems.worker(), systems.chosen(GUID, true, T7));

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(onlyContact()).isEqualTo(UUID.fromString(GUID));
        assertThat(systems.newsletter(onlyContact())).isEqualTo(true);
    }

    @Test
    void keyThatIsNoGuidCannotBeAContactId() {
        use(Systems.document(true, "contactid", "", Systems.NEWS));
        Delivery other = systems.chosen(GUID, true, T7);
        Delivery ada = systems.chosen("ada", true, T7);

        Map<Delivery, DeliveryOutcome> deliveryOutcomes = systems.handle(systems.worker(), ada, other);

        assertThat(deliveryOutcomes.get(ada))
                .isInstanceOfSatisfying(
                        DeliveryOutcome.Dead.class,
                        dead -> assertThat(dead.reason())
                                .isEqualTo("the organization user id is not a GUID, but contact_key is contactid: set"
                                        + " contact_key to the column that holds it"));
        assertThat(deliveryOutcomes.get(other)).isEqualTo(new DeliveryOutcome.Done());
    }

    @Test
    void contactIsCreatedWithoutTheRefusedColumn() {
        use(Systems.creating("", Systems.NEWS, Systems.OFFERS));
        systems.dataverse.administration().security("new_newsletter", true);

        DeliveryOutcome outcome = systems.outcome(systems.worker(), granted("ada", "newsletter", "offers"));

        assertThat(systems.dataverse.contact(onlyContact()))
                .containsEntry("new_didomiid", "ada")
                .containsEntry("new_offers", true);
        assertThat(outcome)
                .isEqualTo(
                        new DeliveryOutcome.Dead("Dataverse refused the change of new_newsletter with 403 0x8004f508"));
    }

    @Test
    void keyThatIsTooLongIsNamedAndNotTheMappedColumns() {
        use(Systems.creating("", Systems.NEWS, Systems.OFFERS, Systems.NO_NEWS));
        String longKey = "k".repeat(130);

        DeliveryOutcome outcome = systems.outcome(systems.worker(), granted(longKey, "newsletter", "offers"));

        assertThat(outcome)
                .isEqualTo(new DeliveryOutcome.Dead("Dataverse refused the key column new_didomiid (130 characters)"
                        + " of a new contact with 400 0x80044331: at most 100 characters are allowed"));
        assertThat(systems.dataverse.contactCount()).isZero();
    }

    @Test
    void contactIsNotCreatedForItsKeyAlone() {
        use(Systems.creating("", Systems.NEWS));
        systems.dataverse.administration().security("new_newsletter", true);

        systems.handle(systems.worker(), granted("ada", "newsletter"));

        assertThat(systems.dataverse.contactCount()).isZero();
    }

    private Delivery granted(String person, String... purposes) {
        String listed = Arrays.stream(purposes)
                .map(purpose -> "{\"id\": \"" + purpose + "\", \"enabled\": true}")
                .collect(Collectors.joining(","));
        return systems.event(person, "u-" + person, "gdpr", T7, "{\"purposes\": [" + listed + "]}");
    }

    private UUID onlyContact() {
        assertThat(systems.dataverse.contactIds()).hasSize(1);
        return systems.dataverse.contactIds().get(0);
    }
}
