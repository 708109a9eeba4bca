package io.github.consentbridge.aws;

import io.github.consentbridge.queue.DeliveryJson;
import io.github.consentbridge.queue.DeliveryQueue;
import io.github.consentbridge.queue.DeliveryQueueContract;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

class SqsQueueTest extends DeliveryQueueContract {
    final String url = Emulators.newQueue(sqs());

    /** Whose SQS it is. */
    SqsClient sqs() {
        return Emulators.sqs();
    }

    @Override
    protected DeliveryQueue queue() {
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

    /** What a worker has not finished stays hidden until its visibility timeout ends. */
    @Override
    protected void endWorker() {}
}
