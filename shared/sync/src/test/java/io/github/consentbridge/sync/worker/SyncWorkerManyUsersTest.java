package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many Didomi users have one organization user id, of whatever kind it is. */
@Tag("every-store")
class SyncWorkerManyUsersTest {
    private static final String VISITOR = "visitor-of-the-shop";
    private static final String CONSENTS = """
            {"purposes": [{"id": "newsletter", "enabled": true}]}""";

    private final Systems systems =
            new Systems(Systems.document("\"bidirectional\": true,", Systems.NEWS, Systems.OFFERS));
    private final SyncWorker worker = systems.worker();
    private final UUID contact = systems.contact(VISITOR);

    @AfterEach
    void stop() {
        systems.close();
    }

    @BeforeEach
    void fill() {
        Delivery[] first = IntStream.range(0, LedgerEntry.MAX_DIDOMI_USERS)
                .mapToObj(this::chosenOn)
                .toArray(Delivery[]::new);
        assertThat(systems.handle(worker, first).values()).containsOnly(new DeliveryOutcome.Done());
        systems.clock.advance(Duration.ofMinutes(1));
    }

    private Delivery chosenOn(int device) {
        return systems.sent(
                VISITOR,
                systems.didomi
                        .choose(SimulatedChoice.by(VISITOR)
                                .didomiUser("device-" + device)
                                .purpose("newsletter", true))
                        .get(0));
    }

    private Delivery refusedOn(int device) {
        return systems.event(
                VISITOR,
                "device-" + device,
                "gdpr",
                systems.clock.instant().toString(),
                CONSENTS.replace("true", "false"));
    }

    private LedgerEntry entry() {
        return systems.ledger.load(List.of(Systems.key(VISITOR))).get(Systems.key(VISITOR));
    }

    private static void assertTooMany(DeliveryOutcome outcome) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        DeliveryOutcome.Dead.class,
                        dead -> assertThat(dead.reason())
                                .contains("more than 200 Didomi users", "ignored_keys", "delete", "replay")
                                .doesNotContain(VISITOR));
    }

    @Test
    void oneUserMoreIsADeadLetterThatSaysWhatToDo() {
        LedgerEntry before = entry();

        assertTooMany(systems.outcome(worker, refusedOn(LedgerEntry.MAX_DIDOMI_USERS)));

        assertThat(entry()).isEqualTo(before);
        assertThat(systems.newsletter(contact)).isEqualTo(true);
        assertThat(systems.outcomeLog.recorded).noneMatch(line -> line.contains(VISITOR));
    }

    @Test
    void othersOfTheBatchAreNotAffected() {
        UUID grace = systems.contact("grace");
        Delivery one = refusedOn(LedgerEntry.MAX_DIDOMI_USERS);

        assertTooMany(systems.handle(worker, one, systems.chosen("grace", true, "2026-03-01T07:00:00Z"))
                .get(one));

        assertThat(systems.newsletter(grace)).isEqualTo(true);
    }

    @Test
    void knownUserIsStillFollowed() {
        assertThat(systems.outcome(worker, refusedOn(7))).isEqualTo(new DeliveryOutcome.Done());

        assertThat(systems.newsletter(contact)).isEqualTo(false);
    }

    @Test
    void deadLetterCanBeReplayedOnceUsersWereDeletedInDidomi() {
        Delivery more = refusedOn(LedgerEntry.MAX_DIDOMI_USERS);
        assertTooMany(systems.outcome(worker, more));
        systems.clock.advance(Duration.ofMinutes(1));
        List<Delivery> deletions = IntStream.range(0, 10)
                .mapToObj(device -> systems.sent(
                        VISITOR,
                        systems.didomi.deleteDidomiUser("device-" + device).get(0)))
                .toList();

        DeliveryOutcome replayed = systems.handle(
                        worker,
                        Stream.concat(deletions.stream(), Stream.of(more)).toArray(Delivery[]::new))
                .get(more);

        assertThat(replayed).isEqualTo(new DeliveryOutcome.Done());
        assertThat(systems.newsletter(contact)).isEqualTo(false);
        assertThat(entry().person().didomiUsers()).isEqualTo(LedgerEntry.MAX_DIDOMI_USERS - 9);
    }
}
