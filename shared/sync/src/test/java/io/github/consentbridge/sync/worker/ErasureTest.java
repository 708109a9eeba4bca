package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Didomi has deleted a user. */
@Tag("every-store")
class ErasureTest {
    private static final String CLEAR = "\"on_user_deleted\": \"clear\",";

    private Systems systems;
    private SyncWorker worker;
    private UUID ada;

    /** The grant of eight o'clock, which has been applied. */
    private Delivery grant;

    @BeforeEach
    void start() {
        use(Systems.document(CLEAR, Systems.NEWS, Systems.OFFERS));
    }

    private void use(String document) {
        stop();
        systems = new Systems(document);
        worker = systems.worker();
        ada = systems.contact("ada");
        grant = chosen(SimulatedChoice.by("ada").didomiUser("u1").purpose("newsletter", true));
        systems.handle(worker, grant);
        systems.clock.advance(Duration.ofHours(1));
    }

    @AfterEach
    void stop() {
        if (systems != null) {
            systems.close();
        }
    }

    private Delivery chosen(SimulatedChoice choice) {
        return systems.sent("ada", systems.didomi.choose(choice).get(0));
    }

    private Delivery deleted() {
        return systems.sent("ada", systems.didomi.deleteUser("ada").get(0));
    }

    @Test
    void keptContactStaysAsItIs() {
        use(Systems.document("", Systems.NEWS, Systems.OFFERS));

        DeliveryOutcome outcome = systems.outcome(worker, deleted());

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.newsletter(ada)).isEqualTo(true);
        assertThat(systems.writesTo(ada)).isEqualTo(1);
        assertThat(systems.ledger.entry(Systems.key("ada")).person().records()).isEmpty();
    }

    @Test
    void clearedContactHoldsNothingInMappedColumns() {
        DeliveryOutcome outcome = systems.outcome(worker, deleted());

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.dataverse.contact(ada))
                .doesNotContainKeys("new_newsletter", "new_offers")
                .containsEntry("new_didomiid", "ada")
                .containsEntry("new_nonews", false);
    }

    /** Staff must not lose the rest of an erasure, nor be told that it is complete. */
    @Test
    void erasureClearsWhatItMayAndNamesTheRest() {
        systems.dataverse.editContact(ada, Map.of("new_offers", true));
        systems.dataverse.plugin("new_offers", value -> {
            throw new DataverseError(400, "0x80040265", "The column 'new_offers' is kept for the archive.");
        });

        DeliveryOutcome outcome = systems.outcome(worker, deleted());

        assertThat(systems.dataverse.contact(ada))
                .doesNotContainKey("new_newsletter")
                .containsKey("new_offers");
        assertThat(outcome)
                .isEqualTo(new DeliveryOutcome.Dead("Dataverse refused to clear new_offers with 400 0x80040265"));
        assertThat(systems.ledger.entry(Systems.key("ada")).person().records()).isNotEmpty();
    }

    @Test
    void repeatedDeletionWritesNothingMore() {
        Delivery deletion = deleted();
        systems.handle(worker, deletion);
        int writes = systems.writesTo(ada);

        systems.handle(worker, deletion);

        assertThat(systems.writesTo(ada)).isEqualTo(writes);
    }

    @Test
    void lateDeliveryDoesNotBringThePersonBack() {
        systems.handle(worker, deleted());

        DeliveryOutcome outcome = systems.outcome(worker, grant);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.dataverse.contact(ada)).doesNotContainKey("new_newsletter");
        assertThat(systems.ledger.entry(Systems.key("ada")).person().contactId())
                .isNull();
        assertThat(systems.ledger.entry(Systems.key("ada")).person().records()).isEmpty();
    }

    @Test
    void lateDeliveryInTheSameBatchDoesNotEither() {
        Delivery deletion = deleted();

        systems.handle(worker, grant, deletion);

        assertThat(systems.dataverse.contact(ada)).doesNotContainKey("new_newsletter");
    }

    @Test
    void laterChoiceBringsThePersonBack() {
        systems.handle(worker, deleted());
        systems.clock.advance(Duration.ofHours(1));

        systems.handle(worker, chosen(SimulatedChoice.by("ada").didomiUser("u2").purpose("newsletter", false)));

        assertThat(systems.newsletter(ada)).isEqualTo(false);
    }

    @Test
    void personWhoCameBackSurvivesALateDeletion() {
        Delivery deletion = deleted();
        systems.clock.advance(Duration.ofHours(1));
        systems.handle(worker, chosen(SimulatedChoice.by("ada").didomiUser("u2").purpose("newsletter", false)));

        systems.handle(worker, deletion);

        assertThat(systems.newsletter(ada)).isEqualTo(false);
    }

    @Test
    void repeatedFirstDeletionDoesNotShortenTheSecond() {
        Delivery first = deleted();
        systems.handle(worker, first);
        systems.clock.advance(Duration.ofHours(1));
        Delivery back = chosen(SimulatedChoice.by("ada").didomiUser("u2").purpose("newsletter", true));
        systems.handle(worker, back);
        systems.clock.advance(Duration.ofHours(1));
        systems.handle(worker, deleted());

        systems.handle(worker, first);
        systems.handle(worker, back);

        assertThat(systems.dataverse.contact(ada)).doesNotContainKey("new_newsletter");
    }

    @Test
    void nothingIsErasedWhileAnotherDidomiUserIsLeft() {
        systems.handle(worker, chosen(SimulatedChoice.by("ada").didomiUser("u2").purpose("offers", true)));
        Delivery deletion =
                systems.sent("ada", systems.didomi.deleteDidomiUser("u1").get(0));

        DeliveryOutcome outcome = systems.outcome(worker, deletion);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.dataverse.contact(ada))
                .containsEntry("new_newsletter", true)
                .containsEntry("new_offers", true);
    }

    @ParameterizedTest
    @EnumSource
    void outageOfDidomiErasesNobody(Trouble trouble) {
        systems.handle(worker, chosen(SimulatedChoice.by("ada").didomiUser("u2").purpose("offers", true)));
        Delivery deletion =
                systems.sent("ada", systems.didomi.deleteDidomiUser("u1").get(0));
        systems.didomi.faults().always(RouteKind.READ_USERS, trouble.fault());

        DeliveryOutcome first = systems.outcome(worker, deletion);
        systems.recover();
        DeliveryOutcome again = systems.outcome(worker, deletion);

        assertThat(first).isInstanceOf(DeliveryOutcome.Postponed.class);
        assertThat(again).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.newsletter(ada)).isEqualTo(true);
    }

    @ParameterizedTest
    @EnumSource
    void contactIsClearedAfterAnyFaultOfDataverse(Trouble trouble) {
        Delivery deletion = deleted();
        systems.dataverse.faults().always(RouteKind.BATCH, trouble.fault());

        DeliveryOutcome first = systems.outcome(worker, deletion);
        systems.recover();
        DeliveryOutcome again = systems.outcome(worker, deletion);

        assertThat(first).isInstanceOf(DeliveryOutcome.Postponed.class);
        assertThat(again).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.dataverse.contact(ada)).doesNotContainKey("new_newsletter");
        assertThat(systems.writesTo(ada)).isEqualTo(2);
    }

    @Test
    void contactThatIsEditedMeanwhileIsReadAndClearedAgain() {
        Delivery deletion = deleted();
        systems.dataverse
                .faults()
                .next(
                        RouteKind.UPDATE_CONTACT,
                        Fault.after(() -> systems.dataverse.editContact(ada, Map.of("firstname", "A"))));

        DeliveryOutcome outcome = systems.outcome(worker, deletion);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.dataverse.contact(ada)).doesNotContainKey("new_newsletter");
    }
}
