package io.github.consentbridge.aws.sqs;

import io.github.consentbridge.aws.AwsFailure;
import io.github.consentbridge.aws.dynamo.DynamoDiscards;
import io.github.consentbridge.aws.sqs.DeadMessages.Found;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.DeadLetters;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryJson;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The dead letters in SQS. A message's body is the delivery's text, so that the redrive of SQS works too; its
 * attributes {@code reason} and {@code died_at} say why and when it became a dead letter. Messages that SQS itself
 * moved have no attributes: their reason says how often they were received.
 *
 * <p>SQS can be read only by receiving messages, which hides them. Listing and replaying hold at most {@value
 * #MAX_MESSAGES} messages or 64 MiB: two concurrent commands each see a part, and the messages of a crashed process are
 * visible again after {@value #HIDDEN_SECONDS} seconds. If there are more dead letters, only a part is seen; replay
 * again for the rest.
 *
 * <p>A foreign message is listed under its message id and without its body (its side has no meaning). It is never
 * replayed or removed. What is given up leaves a record in the table.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html">
 *     Redrive</a>
 */
public final class SqsDeadLetters implements DeadLetters {
    static final int MAX_MESSAGES = 5000;
    static final int HIDDEN_SECONDS = 300;

    /** In characters, of at most 4 bytes each. */
    private static final int MAX_REASON = 2_000;

    private static final int SENT_AT_ONCE = 10;
    private static final Comparator<Found> OLDEST_FIRST = Comparator.comparing(
                    (Found found) -> found.letter().diedAt())
            .thenComparing(found -> found.letter().delivery().id());

    private final Supplier<SqsClient> sqs;
    private final String queueUrl;
    private final Supplier<DynamoDiscards> discards;
    private final Duration patience;

    /**
     * @param sqs returns the client, building it on first use
     * @param discards keeps the record of those that are given up; made on first use
     */
    public SqsDeadLetters(Supplier<SqsClient> sqs, String queueUrl, Supplier<DynamoDiscards> discards) {
        // Long polling queries all servers of SQS, so that an empty answer means an empty queue.
        this(sqs, queueUrl, discards, Duration.ofSeconds(2));
    }

    /** @param patience how long an empty queue is waited for */
    SqsDeadLetters(Supplier<SqsClient> sqs, String queueUrl, Supplier<DynamoDiscards> discards, Duration patience) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.discards = discards;
        this.patience = patience;
    }

    @Override
    public void add(List<DeadLetter> letters) {
        List<SqsSender.Message> messages = letters.stream()
                .map(letter -> new SqsSender.Message(
                        DeliveryJson.write(letter.delivery()),
                        Map.of(
                                DeadMessages.REASON,
                                attribute(letter.reason()),
                                DeadMessages.DIED_AT,
                                letter.diedAt().toString())))
                .toList();
        new SqsSender(sqs, queueUrl).send(messages, 0);
    }

    /** Within the bounds of SQS: a dead letter that it refuses would come back for ever. */
    private static String attribute(String reason) {
        return reason.codePoints()
                .limit(MAX_REASON)
                .map(point -> isTaken(point) ? point : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isTaken(int point) {
        return "\t\n\r".indexOf(point) >= 0
                || (point >= 0x20 && point < 0xD800)
                || (point >= 0xE000 && point <= 0xFFFD)
                || point >= 0x10000;
    }

    @Override
    public List<DeadLetter> list(Predicate<DeadLetter> filter, int limit) {
        try (InHand all = new InHand()) {
            return all.letters().stream()
                    .map(Found::letter)
                    .filter(filter)
                    .limit(limit)
                    .toList();
        }
    }

    @Override
    public int replay(Predicate<DeadLetter> filter, DeliveryQueue queue) {
        try (InHand all = new InHand()) {
            List<Found> chosen = all.letters().stream()
                    .filter(Found::isOurs)
                    .filter(found -> filter.test(found.letter()))
                    .toList();
            for (int from = 0; from < chosen.size(); from += SENT_AT_ONCE) {
                all.replay(chosen.subList(from, Math.min(from + SENT_AT_ONCE, chosen.size())), queue);
            }
            return chosen.size();
        }
    }

    @Override
    public Optional<DiscardedDelivery> discard(
            String id, DiscardedDelivery.Decision decision, Function<String, OrganizationUserId> person) {
        try (InHand all = new InHand()) {
            Optional<Found> chosen = all.letters().stream()
                    .filter(Found::isOurs)
                    .filter(found -> found.letter().delivery().id().equals(id))
                    .findFirst();
            return chosen.map(found -> {
                DiscardedDelivery record = DiscardedDelivery.of(found.letter(), hashOf(found, person), decision);
                discards.get().add(record);
                all.remove(List.of(found));
                return record;
            });
        }
    }

    private String hashOf(Found found, Function<String, OrganizationUserId> person) {
        String key = found.letter().delivery().person();
        return key.isEmpty() ? "" : discards.get().hashOf(person.apply(key));
    }

    @Override
    public int erase(Predicate<String> person) {
        try (InHand all = new InHand()) {
            List<Found> chosen = all.letters().stream()
                    .filter(Found::isOurs)
                    .filter(found -> person.test(found.letter().delivery().person()))
                    .toList();
            all.remove(chosen);
            return chosen.size();
        }
    }

    @Override
    public List<DiscardedDelivery> discarded(String id) {
        return discards.get().of(id);
    }

    /** All messages that could be received; closing makes the remaining ones visible again. */
    private final class InHand implements AutoCloseable {
        private final SqsReceipts receipts = new SqsReceipts(sqs, queueUrl);
        private final DeadMessages messages = new DeadMessages(MAX_MESSAGES);

        InHand() {
            try {
                boolean more = true;
                while (more && !messages.isFull()) {
                    more = messages.addAll(sqs.get()
                            .receiveMessage(request -> request.queueUrl(queueUrl)
                                    .maxNumberOfMessages(10)
                                    .visibilityTimeout(HIDDEN_SECONDS)
                                    .waitTimeSeconds((int) patience.toSeconds())
                                    .messageAttributeNames("All")
                                    .messageSystemAttributeNamesWithStrings("All"))
                            .messages());
                }
            } catch (SdkException e) {
                throw failed(e);
            }
        }

        private StorageException failed(SdkException cause) {
            StorageException failure =
                    new StorageException("the dead letters cannot be read: " + AwsFailure.reason(cause), cause);
            try {
                close();
            } catch (StorageException e) {
                failure.addSuppressed(e);
            }
            return failure;
        }

        List<Found> letters() {
            return messages.letters().stream().sorted(OLDEST_FIRST).toList();
        }

        /** Sends the messages before it removes them: a crash in between sends them again, which is harmless. */
        void replay(List<Found> chosen, DeliveryQueue queue) {
            List<Delivery> afresh =
                    chosen.stream().map(found -> found.letter().replayed()).toList();
            queue.send(afresh, Duration.ZERO);
            remove(chosen);
        }

        void remove(List<Found> chosen) {
            List<String> done = new ArrayList<>();
            chosen.forEach(found -> done.addAll(found.receipts()));
            messages.forget(chosen);
            receipts.delete(done);
        }

        @Override
        public void close() {
            receipts.hide(messages.receipts(), Duration.ZERO);
        }
    }
}
