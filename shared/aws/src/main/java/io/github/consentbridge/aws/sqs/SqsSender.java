package io.github.consentbridge.aws.sqs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.aws.AwsFailure;
import io.github.consentbridge.aws.QueueMessage;
import io.github.consentbridge.aws.WholeSeconds;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Sends messages in as few requests as SQS's bounds allow. Safe for use by several threads. */
public final class SqsSender {
    private static final int MAX_MESSAGES = 10;

    private final Supplier<SqsClient> sqs;
    private final String queueUrl;

    public SqsSender(Supplier<SqsClient> sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    /** @param attributes string attributes */
    record Message(String body, Map<String, String> attributes) {
        int bytes() {
            return attributes.entrySet().stream()
                            .mapToInt(one -> size(one.getKey()) + size("String") + size(one.getValue()))
                            .sum()
                    + size(body);
        }

        private static int size(String text) {
            return text.getBytes(UTF_8).length;
        }
    }

    /**
     * Sends one text.
     *
     * @param delay how long it stays hidden, at most 15 minutes
     * @throws StorageException if it is not known to be stored
     */
    public void send(String text, Duration delay) {
        send(List.of(new Message(text, Map.of())), Math.toIntExact(WholeSeconds.of(delay)));
    }

    /**
     * Sends all messages; those that SQS refuses are sent once more.
     *
     * @throws StorageException if one of them is not known to be stored
     */
    void send(List<Message> messages, int delaySeconds) {
        List<Message> request = new ArrayList<>();
        long bytes = 0;
        for (Message message : messages) {
            if (request.size() == MAX_MESSAGES
                    || (!request.isEmpty() && bytes + message.bytes() > QueueMessage.MAX_BYTES)) {
                sendRequest(request, delaySeconds);
                request.clear();
                bytes = 0;
            }
            request.add(message);
            bytes += message.bytes();
        }
        if (!request.isEmpty()) {
            sendRequest(request, delaySeconds);
        }
    }

    private void sendRequest(List<Message> messages, int delaySeconds) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (Message message : messages) {
            entries.add(entry(Integer.toString(entries.size()), message, delaySeconds));
        }
        try {
            List<BatchResultErrorEntry> failures = attempt(entries);
            if (!failures.isEmpty()) {
                failures = attempt(among(entries, failures));
            }
            if (!failures.isEmpty()) {
                throw new StorageException("SQS did not accept %d of %d messages: %s"
                        .formatted(
                                failures.size(), entries.size(), failures.get(0).code()));
            }
        } catch (SdkException e) {
            throw new StorageException("SQS did not accept the messages: " + AwsFailure.reason(e), e);
        }
    }

    private static SendMessageBatchRequestEntry entry(String id, Message message, int delaySeconds) {
        Map<String, MessageAttributeValue> attributes = message.attributes().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        attribute -> MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(attribute.getValue())
                                .build()));
        return SendMessageBatchRequestEntry.builder()
                .id(id)
                .messageBody(message.body())
                .messageAttributes(attributes)
                .delaySeconds(delaySeconds)
                .build();
    }

    private List<BatchResultErrorEntry> attempt(List<SendMessageBatchRequestEntry> entries) {
        return sqs.get()
                .sendMessageBatch(request -> request.queueUrl(queueUrl).entries(entries))
                .failed();
    }

    private static List<SendMessageBatchRequestEntry> among(
            List<SendMessageBatchRequestEntry> entries, List<BatchResultErrorEntry> failures) {
        Set<String> failed = failures.stream().map(BatchResultErrorEntry::id).collect(Collectors.toSet());
        return entries.stream().filter(entry -> failed.contains(entry.id())).toList();
    }
}
