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
 * @param earlier what became of it before it was replayed; null if it never was
 */
public record Delivery(
        String id,
        Side side,
        String person,
        Instant receivedAt,
        int attempts,
        String body,
        @Nullable Trouble trouble,
        @Nullable Earlier earlier) {
    private static final int ID_BYTES = 12;

    /** Of a sentence that travels with a delivery: a message has a maximum size. */
    private static final int MAX_SENTENCE = 300;

    /**
     * The failures of a delivery.
     *
     * @param since when it failed first
     * @param last why it failed last, one sentence without personal data
     */
    public record Trouble(Instant since, String last) {
        /** Shortens a long sentence. */
        public Trouble {
            last = shortened(last);
        }
    }

    /**
     * What is remembered of a delivery that was a dead letter and was replayed. It does not count towards giving it up
     * again.
     *
     * @param attempts how often it had failed, over all replays
     * @param replays how often it was replayed
     * @param failedAt when it was given up last
     * @param reason why it was given up last, one sentence without personal data
     */
    public record Earlier(int attempts, int replays, Instant failedAt, String reason) {
        /** Shortens a long sentence. */
        public Earlier {
            reason = shortened(reason);
        }
    }

    private static String shortened(String sentence) {
        return sentence.length() <= MAX_SENTENCE ? sentence : sentence.substring(0, MAX_SENTENCE - 1) + "…";
    }

    /** A delivery of whose failures nothing is known. */
    public Delivery(String id, Side side, String person, Instant receivedAt, int attempts, String body) {
        this(id, side, person, receivedAt, attempts, body, null, null);
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
        return new Delivery(id, side, person, receivedAt, attempts + 1, body, new Trouble(since, reason), earlier);
    }

    /** How often applying it has failed, also before it was replayed. */
    public int allAttempts() {
        return attempts + (earlier == null ? 0 : earlier.attempts());
    }

    /**
     * The same delivery for a replay: it is tried as often as one that has never failed, and remembers what became of it.
     *
     * @param failedAt when it was given up
     * @param reason why
     */
    public Delivery afresh(Instant failedAt, String reason) {
        int replays = earlier == null ? 0 : earlier.replays();
        return new Delivery(
                id, side, person, receivedAt, 0, body, null, new Earlier(allAttempts(), replays + 1, failedAt, reason));
    }

    /** Says which delivery, not what is in it. */
    @Override
    public String toString() {
        return "Delivery[" + id + " " + side + "]";
    }
}
