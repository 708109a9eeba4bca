package io.github.consentbridge.aws.direct;

import io.github.consentbridge.aws.LocalStack;
import io.github.consentbridge.aws.sqs.SqsQueueIT;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import java.time.Duration;
import java.util.List;

/** The worker receives and postpones with the SDK what a webhook function sends to LocalStack's SQS. */
class WebhookQueueIT extends SqsQueueIT {
    @Override
    protected DeliveryQueue queue() {
        DeliveryQueue worker = super.queue();
        DeliveryQueue webhook =
                LocalStack.webhook("none", LocalStack.reachable(url), clock).queue();
        return new DeliveryQueue() {
            @Override
            public void send(List<Delivery> deliveries, Duration delay) {
                webhook.send(deliveries, delay);
            }

            @Override
            public void postpone(List<String> handles, Duration delay) {
                worker.postpone(handles, delay);
            }
        };
    }
}
