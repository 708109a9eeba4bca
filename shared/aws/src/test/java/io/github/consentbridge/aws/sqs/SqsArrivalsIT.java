package io.github.consentbridge.aws.sqs;

import io.github.consentbridge.aws.LocalStack;
import io.github.consentbridge.sync.queue.DeliveryQueue;

/** The worker receives and postpones what a webhook function sends to LocalStack's SQS. */
class SqsArrivalsIT extends SqsQueueIT {
    @Override
    protected DeliveryQueue queue() {
        return LocalStack.webhook("none", LocalStack.reachable(url), clock).queue();
    }
}
