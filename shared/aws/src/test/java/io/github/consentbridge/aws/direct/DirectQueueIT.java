package io.github.consentbridge.aws.direct;

import io.github.consentbridge.aws.LocalStack;
import io.github.consentbridge.aws.sqs.SqsQueueIT;
import io.github.consentbridge.sync.queue.DeliveryQueue;

/** The worker receives and postpones with the SDK what a webhook function sends to LocalStack's SQS. */
class DirectQueueIT extends SqsQueueIT {
    @Override
    protected DeliveryQueue queue() {
        return LocalStack.webhook("none", LocalStack.reachable(url), clock).queue();
    }
}
