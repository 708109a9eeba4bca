package io.github.consentbridge.aws;

import software.amazon.awssdk.services.sqs.SqsClient;

/** The delivery queue in LocalStack's SQS. */
class SqsQueueIT extends SqsQueueTest {
    @Override
    SqsClient sqs() {
        return LocalStack.sqs();
    }
}
