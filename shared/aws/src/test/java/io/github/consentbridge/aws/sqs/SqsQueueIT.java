package io.github.consentbridge.aws.sqs;

import io.github.consentbridge.aws.LocalStack;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The delivery queue in LocalStack's SQS. */
public class SqsQueueIT extends SqsQueueTest {
    @Override
    SqsClient sqs() {
        return LocalStack.sqs();
    }
}
