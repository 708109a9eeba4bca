package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Staff delete a contact. */
class WithdrawalTest {
    private static final String WITHDRAW = "\"bidirectional\": true, \"on_contact_deleted\": \"withdraw\",";

    private Systems systems;
    private SyncWorker worker;
    private UUID ada;

    @BeforeEach
    void start() {
        use(Systems.document(WITHDRAW, Systems.NEWS, Systems.NO_NEWS, Systems.OFFERS, Systems.FREQUENCY));
    }

    /** The newsletter is granted and comes weekly, offers were never chosen. */
    private void use(String document) {
        stop();
        systems = new Systems(document);
        worker = systems.worker();
        ada = systems.dataverse.addContact(Map.of("new_didomiid", "ada", "new_nonews", true));
        choose(SimulatedChoice.by("ada").didomiUser("u1").purpose("newsletter", true));
        choose(SimulatedChoice.by("ada").didomiUser("u1").preference("newsletter", "frequency", "weekly"));
        systems.clock.advance(Duration.ofHours(1));
    }

    private void choose(SimulatedChoice choice) {
        systems.didomi.choose(choice).forEach(sent -> systems.handle(worker, systems.sent("ada", sent)));
    }

    @AfterEach
    void stop() {
        if (systems != null) {
            systems.close();
        }
    }

    private long posted() {
        return systems.didomi.events("ada").stream()
                .filter(event -> event.at("/metadata/origin").asText().equals("consent-bridge"))
                .count();
    }

    @Test
    void whatIsGrantedIsRefusedAndNothingElse() {
        DeliveryOutcome outcome = systems.outcome(worker, systems.staff().delete(ada));

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(false);
        assertThat(systems.didomi.enabled("ada", "offers")).isEmpty();
        assertThat(systems.didomi.preference("ada", "newsletter", "frequency")).hasValue("weekly");
        assertThat(posted()).isEqualTo(1);
    }

    @Test
    void repeatedDeletionPostsNothingMore() {
        Delivery deletion = systems.staff().delete(ada);
        systems.handle(worker, deletion);
        systems.clock.advance(Duration.ofMinutes(1));

        systems.handle(systems.worker(), deletion);
        systems.handle(worker, Delivery.received(deletion.side(), "", systems.clock.instant(), deletion.body()));

        assertThat(posted()).isEqualTo(1);
    }

    @Test
    void keptConsentIsNotTouched() {
        use(Systems.document("\"bidirectional\": true,", Systems.NEWS));

        DeliveryOutcome outcome = systems.outcome(worker, systems.staff().delete(ada));

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(true);
        assertThat(posted()).isZero();
    }

    @Test
    void contactIsNotCreatedAnewForTheEcho() {
        use(Systems.creating(WITHDRAW, Systems.NEWS, Systems.OFFERS));
        int sentBefore = systems.didomi.pending().size();
        systems.handle(worker, systems.staff().delete(ada));

        systems.didomi.pending().stream()
                .skip(sentBefore)
                .forEach(echo -> systems.handle(worker, systems.sent("ada", echo)));

        assertThat(systems.didomi.pending()).hasSizeGreaterThan(sentBefore);
        assertThat(systems.dataverse.contactCount()).isZero();
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(false);
    }

    @Test
    void keyIsKnownFromTheLedgerWhereTheDeliveryHasNone() {
        Delivery deletion = systems.staff().call(systems.staff().deleteBody(ada).withoutImages());

        DeliveryOutcome outcome = systems.outcome(worker, deletion);

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(false);
    }

    @Test
    void unknownContactIsADeadLetter() {
        UUID nobody = systems.dataverse.addContact(Map.of("firstname", "Nobody"));

        DeliveryOutcome outcome = systems.outcome(worker, systems.staff().delete(nobody));

        assertThat(outcome).isEqualTo(new DeliveryOutcome.Dead("contact has no organization user id"));
    }

    @Test
    void deletedDuplicateSaysNothingOfTheOther() {
        UUID duplicate = systems.contact("ada");

        systems.handle(worker, systems.staff().delete(duplicate));

        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(true);
    }

    @Test
    void laterGrantStands() {
        Delivery deletion = systems.staff().delete(ada);
        systems.clock.advance(Duration.ofMinutes(1));
        choose(SimulatedChoice.by("ada").didomiUser("u1").purpose("newsletter", true));

        systems.handle(worker, deletion);

        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(true);
    }

    @Test
    void grantThatWeNeverHeardOfIsRefusedToo() {
        systems.didomi.choose(SimulatedChoice.by("ada").didomiUser("u1").purpose("offers", true));
        systems.clock.advance(Duration.ofMinutes(1));

        systems.handle(worker, systems.staff().delete(ada));

        assertThat(systems.didomi.enabled("ada", "offers")).hasValue(false);
    }

    @ParameterizedTest
    @EnumSource
    void outageOfDidomiLosesNothing(Trouble trouble) {
        Delivery deletion = systems.staff().delete(ada);
        systems.didomi.faults().always(RouteKind.READ_USERS, trouble.fault());

        DeliveryOutcome first = systems.outcome(worker, deletion);
        Set<RemoteSystem> paused = Set.copyOf(systems.paused.keySet());
        systems.recover();
        DeliveryOutcome again = systems.outcome(worker, deletion);

        assertThat(first).isInstanceOf(DeliveryOutcome.Postponed.class);
        assertThat(paused).containsExactly(RemoteSystem.DIDOMI);
        assertThat(again).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.didomi.enabled("ada", "newsletter")).hasValue(false);
        assertThat(posted()).isEqualTo(1);
    }
}
