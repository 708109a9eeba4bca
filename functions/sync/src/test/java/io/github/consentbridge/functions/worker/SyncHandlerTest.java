package io.github.consentbridge.functions.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.github.consentbridge.functions.worker.Stores.Part;
import io.github.consentbridge.functions.worker.Stores.Sent;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which messages come back, when, and which never do. */
class SyncHandlerTest {
    private final Host host = new Host();
    private final Stores stores = host.stores;

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void appliedMessageIsFinished() {
        UUID ada = host.contact("ada");

        assertThat(host.handle(host.message(host.granted("ada")))).isEmpty();

        assertThat(host.dataverse.contact(ada)).containsEntry("new_newsletter", true);
        assertThat(stores.sent).isEmpty();
        assertThat(stores.dead).isEmpty();
    }

    @Test
    void onlyWhatFailedComesBack() {
        host.contact("ada");
        host.contact("grace");
        host.dataverse
                .faults()
                .next(RouteKind.UPDATE_CONTACT, Fault.throttled(Duration.ofSeconds(37)), Fault.after(() -> {}));
        SQSMessage throttled = host.message(host.granted("ada"));
        SQSMessage applied = host.message(host.granted("grace"));

        assertThat(host.handle(throttled, applied)).containsExactly(throttled.getMessageId());
    }

    @ParameterizedTest
    @CsvSource({"37, 37", "3600, 900"})
    void postponedMessageStaysHiddenAsLongAsAskedAndPossible(int asked, int hidden) {
        host.dataverse.faults().next(RouteKind.FIND_CONTACTS, Fault.throttled(Duration.ofSeconds(asked)));
        SQSMessage message = host.message(host.granted("ada"));

        assertThat(host.handle(message)).containsExactly(message.getMessageId());
        assertThat(stores.postponed).containsExactly(Map.entry(message.getReceiptHandle(), Duration.ofSeconds(hidden)));
        assertThat(stores.sent).isEmpty();
        assertThat(stores.dead).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 37", "6, 37", "7, 64", "10, 512", "11, 900", "300, 900"})
    void messageThatKeepsComingBackStaysHiddenLonger(int receipts, int hidden) {
        host.dataverse.faults().next(RouteKind.FIND_CONTACTS, Fault.throttled(Duration.ofSeconds(37)));
        SQSMessage message = host.message(host.granted("ada"));
        message.setAttributes(Map.of("ApproximateReceiveCount", Integer.toString(receipts)));

        host.handle(message);

        assertThat(stores.postponed).containsValue(Duration.ofSeconds(hidden));
    }

    @Test
    void outageOfADayTakesFewReceipts() {
        host.dataverse.faults().always(RouteKind.FIND_CONTACTS, Fault.status(503));
        SQSMessage message = host.message(host.granted("ada"));
        int receipts = 0;

        for (Duration past = Duration.ZERO; past.compareTo(Duration.ofDays(1)) < 0; ) {
            message.setAttributes(Map.of("ApproximateReceiveCount", Integer.toString(++receipts)));
            assertThat(host.handle(message)).hasSize(1);
            Duration hidden = stores.postponed.get(message.getReceiptHandle());
            host.clock.advance(hidden);
            past = past.plus(hidden);
        }

        assertThat(receipts).isLessThan(120);
        assertThat(stores.dead).isEmpty();
    }

    @Test
    void messageForWhichNoTimeIsLeftComesBackAtOnce() {
        SQSMessage message = host.message(host.granted("ada"));
        message.setAttributes(Map.of("ApproximateReceiveCount", "9"));

        assertThat(host.handle(new TimeLeft(1000), message)).containsExactly(message.getMessageId());
        assertThat(stores.postponed).containsValue(Duration.ZERO);
        assertThat(host.dataverse.counters().requests()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "1, 40", "2, 160", "3, 640"})
    void failedDeliveryIsSentAgainLaterWithOneMoreAttempt(int attempts, int seconds) {
        host.contactThatIsNeverAtRest("ada");
        Delivery delivery = host.granted("ada", attempts);

        assertThat(host.handle(host.message(delivery))).isEmpty();

        assertThat(stores.sent).containsExactly(new Sent(delivery.failedAgain(), Duration.ofSeconds(seconds)));
        assertThat(stores.dead).isEmpty();
    }

    @Test
    void fifthFailureIsADeadLetterWithItsReason() {
        host.contactThatIsNeverAtRest("ada");

        assertThat(host.handle(host.message(host.granted("ada", 4)))).isEmpty();

        assertThat(stores.sent).isEmpty();
        assertThat(stores.dead).singleElement().satisfies(letter -> {
            assertThat(letter.delivery().attempts()).isEqualTo(5);
            assertThat(letter.reason()).contains("changed during each of 5 attempts");
            assertThat(letter.diedAt()).isEqualTo(host.clock.instant());
        });
    }

    @Test
    void hopelessDeliveryIsADeadLetterAtOnce() {
        Delivery hopeless = host.delivery("{}", 0);

        assertThat(host.handle(host.message(hopeless))).isEmpty();

        assertThat(stores.dead)
                .containsExactly(new DeadLetter(
                        hopeless,
                        "the delivery cannot be read: `type` is missing or not a string",
                        host.clock.instant()));
        assertThat(stores.counted).containsEntry(Metric.DEAD_LETTERED, 1.0);
    }

    @Test
    void foreignMessageStaysAndTheOthersAreApplied() {
        UUID ada = host.contact("ada");
        SQSMessage foreign = host.message(host.granted("ada"));
        foreign.setBody("{\"Type\": \"Notification\", \"Secret\": \"hush\"}");

        assertThat(host.handle(foreign, host.message(host.granted("ada")))).containsExactly(foreign.getMessageId());

        assertThat(host.dataverse.contact(ada)).containsEntry("new_newsletter", true);
        assertThat(stores.dead).isEmpty();
        assertThat(stores.reported)
                .anyMatch(line -> line.contains(foreign.getMessageId()))
                .noneMatch(line -> line.contains("hush"));
    }

    /** A dead letter, one to be sent again, and one that is applied. */
    private SQSMessage[] mixedBatch() {
        host.contactThatIsNeverAtRest("ada");
        return new SQSMessage[] {
            host.message(host.delivery("{}", 0)),
            host.message(host.granted("ada")),
            host.message(host.granted("nobody"))
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = Part.class,
            names = {"LEDGER", "QUEUE", "DEAD_LETTERS"})
    void whenStorageFailsTheWholeBatchComesBack(Part part) {
        SQSMessage[] batch = mixedBatch();
        stores.failing.add(part);

        assertThat(host.handle(batch)).hasSize(3);
        stores.failing.clear();
        assertThat(host.handle(batch)).isEmpty();

        assertThat(stores.sent).hasSize(1);
        assertThat(stores.dead).isNotEmpty();
    }

    @Test
    void whatCannotBePostponedComesBackByItselfAndNothingIsStoredTwice() {
        host.contact("grace");
        host.dataverse.faults().next(RouteKind.UPDATE_CONTACT, Fault.throttled(Duration.ofSeconds(37)));
        stores.failing.add(Part.POSTPONING);
        SQSMessage hopeless = host.message(host.delivery("{}", 0));
        SQSMessage throttled = host.message(host.granted("grace"));

        assertThat(host.handle(hopeless, throttled)).containsExactly(throttled.getMessageId());
        assertThat(stores.dead).hasSize(1);
    }
}
