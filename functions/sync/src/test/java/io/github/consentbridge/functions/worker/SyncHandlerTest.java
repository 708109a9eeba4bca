package io.github.consentbridge.functions.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.batch.BatchFixture;
import io.github.consentbridge.sync.batch.MemoryStores.Part;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How messages of SQS become a batch, and its result an answer to Lambda. */
class SyncHandlerTest {
    private final BatchFixture fixture = new BatchFixture();
    private final SyncHandler handler = new SyncHandler(fixture.worker, fixture.outcomeLog);
    private int messages;

    @AfterEach
    void stop() {
        fixture.close();
    }

    private SQSMessage message(Delivery delivery) {
        SQSMessage message = new SQSMessage();
        message.setMessageId("message-" + ++messages);
        message.setReceiptHandle("receipt-" + messages);
        message.setBody(DeliveryJson.write(delivery));
        return message;
    }

    /** Handles a batch and gives the ids of the messages that come back. */
    private List<String> handle(SQSMessage... batch) {
        return handle(TimeLeft.PLENTY, batch);
    }

    private List<String> handle(Context context, SQSMessage... batch) {
        SQSEvent event = new SQSEvent();
        event.setRecords(List.of(batch));
        return handler.handleRequest(event, context).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    @Test
    void appliedMessageIsFinished() {
        UUID ada = fixture.contact("ada");

        assertThat(handle(message(fixture.granted("ada")))).isEmpty();

        assertThat(fixture.dataverse.contact(ada)).containsEntry("new_newsletter", true);
    }

    @Test
    void onlyWhatFailedComesBack() {
        fixture.contact("ada");
        fixture.contact("grace");
        fixture.dataverse
                .faults()
                .next(RouteKind.UPDATE_CONTACT, Fault.throttled(Duration.ofSeconds(37)), Fault.after(() -> {}));
        SQSMessage throttled = message(fixture.granted("ada"));
        SQSMessage applied = message(fixture.granted("grace"));

        assertThat(handle(throttled, applied)).containsExactly(throttled.getMessageId());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"none, 37", "1, 37", "7, 64", "300, 900", "many, 37"})
    void postponedMessageIsHiddenByItsReceiptAndCount(String count, int hidden) {
        fixture.dataverse.faults().next(RouteKind.FIND_CONTACTS, Fault.throttled(Duration.ofSeconds(37)));
        SQSMessage message = message(fixture.granted("ada"));
        if (count != null) {
            message.setAttributes(Map.of("ApproximateReceiveCount", count));
        }

        assertThat(handle(message)).containsExactly(message.getMessageId());

        assertThat(fixture.stores.postponed)
                .containsExactly(Map.entry(message.getReceiptHandle(), Duration.ofSeconds(hidden)));
    }

    @Test
    void remainingTimeOfTheInvocationIsTheDeadline() {
        SQSMessage message = message(fixture.granted("ada"));

        assertThat(handle(new TimeLeft(1000), message)).containsExactly(message.getMessageId());

        assertThat(fixture.dataverse.counters().requests()).isZero();
    }

    @Test
    void foreignMessageStaysAndTheOthersAreApplied() {
        UUID ada = fixture.contact("ada");
        SQSMessage foreign = message(fixture.granted("ada"));
        foreign.setBody("{\"Type\": \"Notification\", \"Secret\": \"hush\"}");

        assertThat(handle(foreign, message(fixture.granted("ada")))).containsExactly(foreign.getMessageId());

        assertThat(fixture.dataverse.contact(ada)).containsEntry("new_newsletter", true);
        assertThat(fixture.stores.dead).isEmpty();
        assertThat(fixture.outcomeLog.recorded)
                .anyMatch(line -> line.contains(foreign.getMessageId()))
                .noneMatch(line -> line.contains("hush"));
    }

    @Test
    void batchThatFailsComesBackAsAWhole() {
        fixture.stores.failing.add(Part.LEDGER);

        assertThat(handle(message(fixture.granted("ada")), message(fixture.granted("grace"))))
                .containsExactly("message-1", "message-2");
    }

    @Test
    void refusedMappingFailsTheInvocationSoThatTheAlarmRingsAndTheMessagesWait() {
        try (BatchFixture harmful = new BatchFixture("""
                {"id": "firstname", "value": {"purpose": "newsletter"}}""")) {
            UUID ada = harmful.contact("ada");
            SQSEvent event = new SQSEvent();
            event.setRecords(List.of(message(harmful.granted("ada"))));
            SyncHandler refusing = new SyncHandler(harmful.worker, harmful.outcomeLog);

            assertThatThrownBy(() -> refusing.handleRequest(event, TimeLeft.PLENTY))
                    .hasMessageContaining("/mappings/0: column firstname is a text column");

            assertThat(harmful.dataverse.contact(ada)).doesNotContainKey("firstname");
            assertThat(harmful.stores.dead).isEmpty();
        }
    }
}
