package io.github.consentbridge.aws.sqs;

import io.github.consentbridge.aws.LocalStack;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The dead letters in LocalStack's SQS. */
class SqsDeadLettersIT extends SqsDeadLettersTest {
    @Override
    SqsClient sqs() {
        return LocalStack.sqs();
    }
}
