package io.github.consentbridge.aws.sqs;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A queue of short texts that a function reads. Safe for use by several threads. */
public final class TextQueue {
    private final Supplier<SqsClient> sqs;
    private final String queueUrl;

    public TextQueue(Supplier<SqsClient> sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    /**
     * Stores a text durably.
     *
     * @throws io.github.consentbridge.sync.storage.StorageException if it is not known to be stored
     */
    public void send(String text) {
        new SqsSender(sqs, queueUrl).send(List.of(new SqsSender.Message(text, Map.of())), 0);
    }
}
