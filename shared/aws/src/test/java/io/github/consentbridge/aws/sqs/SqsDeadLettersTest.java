package io.github.consentbridge.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.aws.Emulators;
import io.github.consentbridge.aws.dynamo.DynamoDiscards;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.DeadLetters;
import io.github.consentbridge.sync.queue.DeadLettersContract;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryJson;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class SqsDeadLettersTest extends DeadLettersContract {
    private static final Delivery DELIVERY =
            Delivery.received(Side.DIDOMI, "ada", Instant.parse("2026-03-01T08:00:00Z"), "{}");

    private final SqsClient sqs = sqs();
    private final String url = Emulators.newQueue(sqs);
    private final String table = Emulators.newTable();

    /** The SQS under test. */
    SqsClient sqs() {
        return Emulators.sqs();
    }

    @Override
    protected DeadLetters letters() {
        return new SqsDeadLetters(this::sqs, url, () -> new DynamoDiscards(Emulators.table(table)), Duration.ZERO);
    }

    private List<DeadLetter> all() {
        return letters().list(letter -> true, 1000);
    }

    private List<Message> receive(String queue) {
        return sqs.receiveMessage(request -> request.queueUrl(queue).maxNumberOfMessages(10))
                .messages();
    }

    @Test
    void workerCanReadTheMessageAfterARedrive() {
        letters().add(List.of(new DeadLetter(DELIVERY, "reason", DELIVERY.receivedAt())));

        assertThat(receive(url))
                .extracting(message -> DeliveryJson.read(message.body()))
                .containsExactly(DELIVERY);
    }

    @Test
    void messageMovedBySqsHasItsReceiveCountAsReason() {
        String source = sqs.createQueue(request -> request.queueName("source" + url.substring(url.lastIndexOf('/') + 1))
                        .attributes(Map.of(
                                QueueAttributeName.REDRIVE_POLICY,
                                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":\"1\"}".formatted(arn(url)))))
                .queueUrl();
        new SqsQueue(this::sqs, source).send(List.of(DELIVERY), Duration.ZERO);
        List<String> receipts =
                receive(source).stream().map(Message::receiptHandle).toList();
        new SqsQueue(this::sqs, source).postpone(receipts, Duration.ZERO);
        assertThat(receive(source)).isEmpty();

        assertThat(all()).hasSize(1).allSatisfy(letter -> {
            assertThat(letter.delivery()).isEqualTo(DELIVERY);
            assertThat(letter.reason()).matches("received \\d+ times.*replay it");
        });
    }

    private String arn(String queue) {
        return sqs.getQueueAttributes(request -> request.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
    }

    @Test
    void foreignMessageIsListedButNeverReplayedOrRemoved() {
        sqs.sendMessage(request -> request.queueUrl(url).messageBody("somebody's note"));
        letters().add(List.of(new DeadLetter(DELIVERY, "reason", DELIVERY.receivedAt())));
        String target = Emulators.newQueue(sqs);
        DeliveryQueue queue = new SqsQueue(this::sqs, target);

        assertThat(all()).hasSize(2).last().satisfies(letter -> {
            assertThat(letter.reason()).contains("not a delivery");
            assertThat(letter.toString()).doesNotContain("somebody");
        });
        assertThat(letters().replay(letter -> true, queue)).isEqualTo(1);

        assertThat(all()).hasSize(1);
        assertThat(receive(url)).extracting(Message::body).containsExactly("somebody's note");
        assertThat(receive(target)).hasSize(1);
    }

    @Test
    void foreignAttributesHideNothing() {
        sqs.sendMessage(request -> request.queueUrl(url)
                .messageBody(DeliveryJson.write(DELIVERY))
                .messageAttributes(Map.of(
                        "died_at",
                        MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue("yesterday")
                                .build())));

        assertThat(all()).extracting(DeadLetter::delivery).containsExactly(DELIVERY);
    }
}
