package io.github.consentbridge.aws.sqs;

import io.github.consentbridge.aws.Emulators;
import io.github.consentbridge.sync.queue.DeliveryJson;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.queue.DeliveryQueueContract;
import io.github.consentbridge.sync.queue.DeliveryReceipts;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

class SqsQueueTest extends DeliveryQueueContract {
    public final String url = Emulators.newQueue(sqs());

    /** The SQS under test. */
    SqsClient sqs() {
        return Emulators.sqs();
    }

    @Override
    protected DeliveryQueue queue() {
        return new SqsQueue(this::sqs, url);
    }

    @Override
    protected DeliveryReceipts receipts() {
        return new SqsQueue(this::sqs, url);
    }

    @Override
    protected List<Taken> take(int most) {
        return sqs()
                .receiveMessage(request ->
                        request.queueUrl(url).maxNumberOfMessages(most).visibilityTimeout(600))
                .messages()
                .stream()
                .map(message -> new Taken(message.receiptHandle(), DeliveryJson.read(message.body())))
                .toList();
    }

    /** Unfinished messages stay hidden until their visibility timeout ends. */
    @Override
    protected void endWorker() {}
}
