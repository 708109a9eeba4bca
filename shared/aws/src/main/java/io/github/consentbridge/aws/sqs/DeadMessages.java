package io.github.consentbridge.aws.sqs;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** Dead letters by delivery: of several messages about one delivery, the newest counts. For one thread. */
final class DeadMessages {
    static final String REASON = "reason";
    static final String DIED_AT = "died_at";

    private static final long MAX_CHARACTERS = 64 << 20;

    private final int max;
    private final Map<String, Found> byDelivery = new LinkedHashMap<>();
    private int count;
    private long characters;

    /** @param max how many messages are held at once */
    DeadMessages(int max) {
        this.max = max;
    }

    /**
     * A dead letter.
     *
     * @param receipts the receipts of all messages about it
     * @param isOurs whether its body is a delivery
     */
    record Found(DeadLetter letter, boolean isOurs, List<String> receipts) {
        Found and(Found other) {
            List<String> all = new ArrayList<>(receipts);
            all.addAll(other.receipts);
            boolean newer = other.letter.diedAt().isAfter(letter.diedAt());
            return new Found(newer ? other.letter : letter, isOurs, List.copyOf(all));
        }
    }

    boolean isFull() {
        return count >= max || characters >= MAX_CHARACTERS;
    }

    /** Adds these messages; returns whether there were any. */
    boolean addAll(List<Message> messages) {
        for (Message message : messages) {
            Found found = found(message);
            byDelivery.merge(found.letter().delivery().id(), found, Found::and);
            count++;
            characters += message.body().length();
        }
        return !messages.isEmpty();
    }

    Collection<Found> letters() {
        return byDelivery.values();
    }

    void forget(List<Found> done) {
        done.forEach(found -> byDelivery.remove(found.letter().delivery().id()));
    }

    List<String> receipts() {
        return letters().stream().flatMap(found -> found.receipts().stream()).toList();
    }

    private static Found found(Message message) {
        List<String> receipt = List.of(message.receiptHandle());
        try {
            Delivery delivery = DeliveryJson.read(message.body());
            return new Found(new DeadLetter(delivery, reason(message), diedAt(message)), true, receipt);
        } catch (IllegalArgumentException e) {
            // Foreign or damaged: it is listed, so that its alarm can be explained.
            return new Found(new DeadLetter(foreign(message), FOREIGN, sentAt(message)), false, receipt);
        }
    }

    private static final String FOREIGN =
            "not a delivery of this bridge: find it in the dead-letter queue by its message id and delete it there";

    private static Delivery foreign(Message message) {
        return new Delivery("message:" + message.messageId(), Side.DIDOMI, "", sentAt(message), 0, "");
    }

    private static String reason(Message message) {
        @Nullable String reported = attribute(message, REASON);
        return reported != null
                ? reported
                : "received %s times, readings of this list included, without being finished: look for errors of the sync function, then replay it"
                        .formatted(system(message, MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "several"));
    }

    private static Instant diedAt(Message message) {
        @Nullable String reported = attribute(message, DIED_AT);
        try {
            return reported == null ? sentAt(message) : Instant.parse(reported);
        } catch (DateTimeParseException e) {
            // The attribute was not set by the bridge; the message is a delivery nevertheless.
            return sentAt(message);
        }
    }

    private static Instant sentAt(Message message) {
        return Instant.ofEpochMilli(Long.parseLong(system(message, MessageSystemAttributeName.SENT_TIMESTAMP, "0")));
    }

    private static @Nullable String attribute(Message message, String name) {
        @Nullable MessageAttributeValue value = message.messageAttributes().get(name);
        return value == null ? null : value.stringValue();
    }

    private static String system(Message message, MessageSystemAttributeName name, String otherwise) {
        return message.attributes().getOrDefault(name, otherwise);
    }
}
