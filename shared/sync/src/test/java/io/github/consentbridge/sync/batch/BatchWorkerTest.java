package io.github.consentbridge.sync.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.batch.MemoryStores.Part;
import io.github.consentbridge.sync.batch.MemoryStores.Sent;
import io.github.consentbridge.sync.connections.RefusedMappingsException;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.ReceivedDelivery;
import io.github.consentbridge.sync.worker.LateAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which deliveries come back, when, and which never do. */
class BatchWorkerTest {
    private final BatchFixture fixture = new BatchFixture();
    private final MemoryStores stores = fixture.stores;

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void appliedDeliveryIsFinished() {
        UUID ada = fixture.contact("ada");

        assertThat(fixture.handle(fixture.received(fixture.granted("ada")))).isEmpty();

        assertThat(fixture.dataverse.contact(ada)).containsEntry("new_newsletter", true);
        assertThat(stores.sent).isEmpty();
        assertThat(stores.dead).isEmpty();
    }

    @Test
    void onlyWhatFailedComesBack() {
        fixture.contact("ada");
        fixture.contact("grace");
        fixture.dataverse
                .faults()
                .next(RouteKind.UPDATE_CONTACT, Fault.throttled(Duration.ofSeconds(37)), Fault.after(() -> {}));
        ReceivedDelivery throttled = fixture.received(fixture.granted("ada"));
        ReceivedDelivery applied = fixture.received(fixture.granted("grace"));

        assertThat(fixture.handle(throttled, applied)).containsExactly(throttled);
    }

    @ParameterizedTest
    @CsvSource({"37, 37", "3600, 900"})
    void postponedDeliveryStaysHiddenAsLongAsAskedAndPossible(int asked, int hidden) {
        fixture.dataverse.faults().next(RouteKind.FIND_CONTACTS, Fault.throttled(Duration.ofSeconds(asked)));
        ReceivedDelivery message = fixture.received(fixture.granted("ada"));

        assertThat(fixture.handle(message)).containsExactly(message);
        assertThat(stores.postponed).containsExactly(Map.entry(message.receipt(), Duration.ofSeconds(hidden)));
        assertThat(stores.sent).isEmpty();
        assertThat(stores.dead).isEmpty();
    }

    /** The alarm on waiting deliveries rings by this: SQS leaves out of its own age what was received three times. */
    @Test
    void ageOfWhatWaitsIsCountedEachTimeItComesBack() {
        fixture.dataverse.faults().always(RouteKind.FIND_CONTACTS, Fault.throttled(Duration.ofSeconds(37)));
        Delivery delivery = fixture.granted("ada");
        fixture.clock.advance(Duration.ofMinutes(45));

        fixture.handle(fixture.received(delivery, 7));

        assertThat(fixture.outcomeLog.total(Metric.WAITING_SECONDS)).isEqualTo(45 * 60);
    }

    @Test
    void ageOfWhatIsSentAgainIsCounted() {
        fixture.contactThatKeepsChanging("ada");
        Delivery delivery = fixture.granted("ada", 3);
        fixture.clock.advance(Duration.ofMinutes(15));

        fixture.handle(fixture.received(delivery));

        assertThat(stores.sent).hasSize(1);
        assertThat(fixture.outcomeLog.total(Metric.WAITING_SECONDS)).isEqualTo(15 * 60);
    }

    @Test
    void nothingWaitsAfterSuccess() {
        fixture.contact("ada");
        fixture.clock.advance(Duration.ofMinutes(45));

        fixture.handle(fixture.received(fixture.granted("ada")));

        assertThat(fixture.outcomeLog.total(Metric.WAITING_SECONDS)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 37", "6, 37", "7, 64", "10, 512", "11, 900", "300, 900"})
    void deliveryThatKeepsComingBackStaysHiddenLonger(int receives, int hidden) {
        fixture.dataverse.faults().next(RouteKind.FIND_CONTACTS, Fault.throttled(Duration.ofSeconds(37)));

        fixture.handle(fixture.received(fixture.granted("ada"), receives));

        assertThat(stores.postponed).containsValue(Duration.ofSeconds(hidden));
    }

    @Test
    void outageOfADayTakesFewReceives() {
        fixture.dataverse.faults().always(RouteKind.FIND_CONTACTS, Fault.status(503));
        Delivery delivery = fixture.granted("ada");
        int receives = 0;

        for (Duration past = Duration.ZERO; past.compareTo(Duration.ofDays(1)) < 0; ) {
            ReceivedDelivery message = fixture.received(delivery, ++receives);
            assertThat(fixture.handle(message)).hasSize(1);
            Duration hidden = stores.postponed.get(message.receipt());
            fixture.clock.advance(hidden);
            past = past.plus(hidden);
        }

        assertThat(receives).isLessThan(120);
        assertThat(stores.dead).isEmpty();
    }

    @Test
    void deliveryForWhichNoTimeIsLeftComesBackAtOnce() {
        ReceivedDelivery message = fixture.received(fixture.granted("ada"), 9);

        assertThat(fixture.handle(() -> Duration.ofSeconds(1), message)).containsExactly(message);
        assertThat(stores.postponed).containsValue(Duration.ZERO);
        assertThat(fixture.dataverse.counters().requests()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "1, 40", "2, 160", "3, 640"})
    void failedDeliveryIsSentAgainLaterWithOneMoreAttempt(int attempts, int seconds) {
        fixture.contactThatKeepsChanging("ada");
        Delivery delivery = fixture.granted("ada", attempts);

        assertThat(fixture.handle(fixture.received(delivery))).isEmpty();

        assertThat(stores.sent).containsExactly(new Sent(failedAgain(delivery), Duration.ofSeconds(seconds)));
        assertThat(stores.dead).isEmpty();
    }

    private Delivery failedAgain(Delivery delivery) {
        return delivery.failedAgain(
                fixture.clock.instant(),
                "the contact or its ledger entry changed during each of 5 attempts; replay this delivery later");
    }

    @Test
    void fifthFailureIsADeadLetterWithItsReason() {
        fixture.contactThatKeepsChanging("ada");

        assertThat(fixture.handle(fixture.received(fixture.granted("ada", 4)))).isEmpty();

        assertThat(stores.sent).isEmpty();
        assertThat(stores.dead).singleElement().satisfies(letter -> {
            assertThat(letter.delivery().attempts()).isEqualTo(5);
            assertThat(letter.reason()).contains("changed during each of 5 attempts");
            assertThat(letter.diedAt()).isEqualTo(fixture.clock.instant());
        });
    }

    @Test
    void hopelessDeliveryIsADeadLetterAtOnce() {
        Delivery hopeless = fixture.delivery("{}", 0);

        assertThat(fixture.handle(fixture.received(hopeless))).isEmpty();

        String reason = "the delivery cannot be read: `type` is missing or not a string";
        assertThat(stores.dead)
                .containsExactly(new DeadLetter(
                        hopeless.failedAgain(fixture.clock.instant(), reason), reason, fixture.clock.instant()));
        assertThat(stores.dead.get(0).delivery().attempts()).isEqualTo(1);
        assertThat(fixture.outcomeLog.total(Metric.DEAD_LETTERED)).isEqualTo(1);
    }

    /** A dead letter, one to be sent again, and one that is applied. */
    private ReceivedDelivery[] mixedBatch() {
        fixture.contactThatKeepsChanging("ada");
        return new ReceivedDelivery[] {
            fixture.received(fixture.delivery("{}", 0)),
            fixture.received(fixture.granted("ada")),
            fixture.received(fixture.granted("nobody"))
        };
    }

    @Test
    void whenTheLedgerFailsTheWholeBatchComesBack() {
        ReceivedDelivery[] batch = mixedBatch();
        stores.failing.add(Part.LEDGER);

        assertThat(fixture.handle(batch)).hasSize(3);
        stores.failing.clear();
        assertThat(fixture.handle(batch)).isEmpty();

        assertThat(stores.sent).hasSize(1);
        assertThat(stores.dead).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"DEAD_LETTERS, 0", "QUEUE, 1"})
    void whatCannotBeStoredComesBackAloneAndIsHidden(Part part, int returning) {
        ReceivedDelivery[] batch = mixedBatch();
        stores.failing.add(part);

        assertThat(fixture.handle(batch)).containsExactly(batch[returning]);
        assertThat(stores.postponed).containsExactly(Map.entry(batch[returning].receipt(), Duration.ofMinutes(1)));
        stores.failing.clear();
        assertThat(fixture.handle(batch[returning])).isEmpty();

        assertThat(stores.sent).hasSize(1);
        assertThat(stores.dead).hasSize(1);
    }

    /** What is sent again says why, so that it may be larger than what was received. */
    @Test
    void deliveryThatIsTooLargeForAMessageKeepsNoOtherFromBeingStored() {
        stores.maxBody = 100;
        ReceivedDelivery[] batch = {
            fixture.received(fixture.delivery("{\"type\": \"%s\"".formatted("x".repeat(100)), 0)),
            fixture.received(fixture.delivery("{}", 0)),
            fixture.received(fixture.delivery("[]", 0))
        };

        assertThat(fixture.handle(batch)).containsExactly(batch[0]);

        assertThat(stores.dead).extracting(letter -> letter.delivery().body()).containsExactly("{}", "[]");
        assertThat(fixture.outcomeLog.total(Metric.DEAD_LETTERED)).isEqualTo(2);
    }

    @Test
    void whatCannotBePostponedComesBackByItselfAndNothingIsStoredTwice() {
        fixture.contact("grace");
        fixture.dataverse.faults().next(RouteKind.UPDATE_CONTACT, Fault.throttled(Duration.ofSeconds(37)));
        stores.failing.add(Part.POSTPONING);
        ReceivedDelivery hopeless = fixture.received(fixture.delivery("{}", 0));
        ReceivedDelivery throttled = fixture.received(fixture.granted("grace"));

        assertThat(fixture.handle(hopeless, throttled)).containsExactly(throttled);
        assertThat(stores.dead).hasSize(1);
    }

    /** One request may take 60 s. */
    @ParameterizedTest
    @EnumSource(
            value = RouteKind.class,
            names = {"FIND_CONTACTS", "BATCH"})
    void answerAfterTheTimeLeftIsNotAwaited(RouteKind slow) {
        UUID ada = fixture.contact("ada");
        LateAnswer late = new LateAnswer();
        fixture.dataverse.faults().always(slow, late);
        ReceivedDelivery message = fixture.received(fixture.granted("ada"));

        assertThat(fixture.handle(late, message)).containsExactly(message);

        assertThat(late.remaining()).isPositive();
        assertThat(stores.postponed).containsValue(Duration.ZERO);
        assertThat(stores.paused).isEmpty();
        assertThat(stores.sent).isEmpty();
        fixture.dataverse.faults().clear();
        assertThat(fixture.handle(message)).isEmpty();
        assertThat(fixture.dataverse.contact(ada)).containsEntry("new_newsletter", true);
    }

    @Test
    void refusedMappingFailsTheBatchAndLeavesEverythingWhereItIs() {
        try (BatchFixture harmful = new BatchFixture("""
                {"id": "firstname", "value": {"purpose": "newsletter"}}""")) {
            UUID ada = harmful.contact("ada");
            ReceivedDelivery message = harmful.received(harmful.granted("ada"));

            assertThatThrownBy(() -> harmful.worker.handle(List.of(message), Deadline.none()))
                    .isInstanceOf(RefusedMappingsException.class);

            assertThat(harmful.worker.refusal()).isPresent();
            assertThat(harmful.dataverse.contact(ada)).doesNotContainKey("firstname");
            assertThat(harmful.stores.sent).isEmpty();
            assertThat(harmful.stores.dead).isEmpty();
        }
    }
}
