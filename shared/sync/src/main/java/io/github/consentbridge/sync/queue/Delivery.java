package io.github.consentbridge.sync.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.consentbridge.mapping.consent.Side;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One accepted webhook call, as it waits in the queue.
 *
 * @param id identifies the content: the same body from the same side has the same id, however often it is sent
 * @param person the organization user id as the body spells it, empty where it names none; only to find and list
 *     deliveries, the body decides
 * @param attempts how often applying it has failed for reasons of its own; an outage of a system does not count
 * @param body the body exactly as received
 * @param trouble what is known of those failures; null if there was none, or it was not recorded
 */
public record Delivery(
        String id,
        Side side,
        String person,
        Instant receivedAt,
        int attempts,
        String body,
        @Nullable Trouble trouble) {
    private static final int ID_BYTES = 12;

    /**
     * The failures of a delivery.
     *
     * @param since when it failed first
     * @param last why it failed last, one sentence without personal data
     */
    public record Trouble(Instant since, String last) {
        private static final int MAX_LENGTH = 300;

        /** Shortens a long sentence: a message has a maximum size. */
        public Trouble {
            last = last.length() <= MAX_LENGTH ? last : last.substring(0, MAX_LENGTH - 1) + "…";
        }
    }

    /** A delivery of whose failures nothing is known. */
    public Delivery(String id, Side side, String person, Instant receivedAt, int attempts, String body) {
        this(id, side, person, receivedAt, attempts, body, null);
    }

    public Delivery {
        requireNonNull(id, "id");
        requireNonNull(side, "side");
        requireNonNull(person, "person");
        requireNonNull(receivedAt, "receivedAt");
        requireNonNull(body, "body");
    }

    /** A delivery that has just arrived. */
    public static Delivery received(Side side, String person, Instant receivedAt, String body) {
        return new Delivery(contentId(side, body), side, person, receivedAt, 0, body);
    }

    private static String contentId(Side side, String body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(side.name().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(body.getBytes(UTF_8)), 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The same delivery after one more failure of its own. */
    public Delivery failedAgain(Instant now, String reason) {
        Instant since = trouble == null ? now : trouble.since();
        return new Delivery(id, side, person, receivedAt, attempts + 1, body, new Trouble(since, reason));
    }

    /** The same delivery as if it had never failed, for a replay. */
    public Delivery afresh() {
        return new Delivery(id, side, person, receivedAt, 0, body);
    }

    /** Says which delivery, not what is in it. */
    @Override
    public String toString() {
        return "Delivery[" + id + " " + side + "]";
    }
}
