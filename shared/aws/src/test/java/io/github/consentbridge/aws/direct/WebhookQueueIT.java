package io.github.consentbridge.aws.direct;

import io.github.consentbridge.aws.LocalStack;
import io.github.consentbridge.aws.sqs.SqsQueueIT;
import io.github.consentbridge.sync.queue.DeliveryQueue;

/** What a webhook function puts into LocalStack's SQS is what the worker takes, and gives back, with the SDK. */
class WebhookQueueIT extends SqsQueueIT {
    @Override
    protected DeliveryQueue queue() {
        return LocalStack.webhook("none", LocalStack.reachable(url), clock).queue();
    }
}
