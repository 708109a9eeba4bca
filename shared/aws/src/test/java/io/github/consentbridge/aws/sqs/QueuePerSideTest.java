package io.github.consentbridge.aws.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.aws.Emulators;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

class QueuePerSideTest {
    private final String didomi = Emulators.newQueue();
    private final String dynamics = Emulators.newQueue();
    private final QueuePerSide queue =
            new QueuePerSide(new SqsQueue(Emulators::sqs, didomi), new SqsQueue(Emulators::sqs, dynamics));

    private static Delivery from(Side side) {
        return Delivery.received(side, "ada", Instant.parse("2026-03-01T08:00:00Z"), "{}");
    }

    private static List<Delivery> received(String url) {
        return Emulators.sqs()
                .receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10))
                .messages()
                .stream()
                .map(Message::body)
                .map(DeliveryJson::read)
                .toList();
    }

    /** A replay sends both at once. */
    @Test
    void eachDeliveryGoesToTheQueueOfItsSide() {
        queue.send(List.of(from(Side.DIDOMI), from(Side.DYNAMICS)), Duration.ZERO);

        assertThat(received(didomi)).containsExactly(from(Side.DIDOMI));
        assertThat(received(dynamics)).containsExactly(from(Side.DYNAMICS));
    }
}
