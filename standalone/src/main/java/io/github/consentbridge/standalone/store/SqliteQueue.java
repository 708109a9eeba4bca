package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.queue.DeliveryReceipts;
import io.github.consentbridge.sync.queue.ReceivedDelivery;
import io.github.consentbridge.sync.queue.WaitingDeliveries;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The delivery queue in SQLite. Which deliveries a worker has taken is known to this process only: if it crashes, they are
 * available again at once. While a worker has deliveries of a person, further deliveries of that person wait, because two
 * workers on one person would only interfere with each other.
 */
public final class SqliteQueue implements DeliveryQueue, DeliveryReceipts, WaitingDeliveries {
    /** Bodies may have 1 MiB each, and reading one takes several times that. */
    private static final int MAX_CHARACTERS = 2 << 20;

    private static final Long NO_MATCH = 0L;

    private final DataSource readers;
    private final GroupCommit writer;
    private final Clock clock;
    private final Map<String, ReceivedDelivery> inHand = new HashMap<>();
    /** Receipts of deliveries that were removed while a worker has them, or are being removed. */
    private final Set<String> removed = new HashSet<>();

    private volatile Runnable arrival = () -> {};
    private volatile Runnable batchEnd = () -> {};

    SqliteQueue(DataSource readers, GroupCommit writer, Clock clock) {
        this.readers = readers;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * How the queue stands.
     *
     * @param oldest when that delivery was received which was stored first
     */
    public record Depth(long depth, int inHand, Optional<Instant> oldest) {}

    /** Calls this after each time that something was stored; it must return at once. */
    public void onArrival(Runnable listener) {
        arrival = listener;
    }

    /** Calls this after each batch that has ended; it must return at once. */
    public void onBatchEnd(Runnable listener) {
        batchEnd = listener;
    }

    @Override
    public void send(List<Delivery> deliveries, Duration delay) {
        long visibleAt = clock.instant().plus(delay).toEpochMilli();
        writer.write(connection -> Sql.each(connection, """
                INSERT INTO delivery (id, side, person, received_at, attempts, body, visible_at, receives, size,
                                      failing_since, last_failure, earlier)
                VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)""", deliveries, delivery -> new @Nullable Object[] {
            delivery.id(),
            delivery.side().name(),
            delivery.person(),
            delivery.receivedAt().toEpochMilli(),
            delivery.attempts(),
            StoredBody.of(delivery.body()),
            visibleAt,
            delivery.body().length(),
            SqliteDeadLetters.failingSince(delivery),
            SqliteDeadLetters.lastFailure(delivery),
            SqliteDeadLetters.earlier(delivery)
        }));
        arrival.run();
    }

    @Override
    public void postpone(List<String> receipts, Duration delay) {
        long visibleAt = clock.instant().plus(delay).toEpochMilli();
        writer.write(connection -> Sql.each(
                connection,
                "UPDATE delivery SET visible_at = ?, receives = receives + 1 WHERE seq = ?",
                receipts,
                receipt -> new Object[] {visibleAt, seq(receipt)}));
        synchronized (this) {
            receipts.stream().filter(receipt -> !removed.contains(receipt)).forEach(inHand::remove);
        }
    }

    @Override
    public void wake() {
        long now = clock.instant().toEpochMilli();
        writer.write(connection -> Sql.each(
                connection,
                "UPDATE delivery SET visible_at = ? WHERE visible_at > ? AND last_failure IS NULL",
                List.of(now),
                time -> new Object[] {time, time}));
        arrival.run();
    }

    private record Candidate(long seq, String person, int size) {}

    /** How many could be taken now, up to a limit. */
    public synchronized int available(int limit) {
        return candidates(limit).size();
    }

    /** Takes the deliveries that have been visible longest, within bounds of number and size; empty if there are none. */
    public synchronized List<ReceivedDelivery> take(int most) {
        List<Long> chosen = new ArrayList<>();
        long characters = 0;
        for (Candidate candidate : candidates(most)) {
            characters += candidate.size();
            if (!chosen.isEmpty() && characters > MAX_CHARACTERS) {
                break;
            }
            chosen.add(candidate.seq());
        }
        List<ReceivedDelivery> taken = chosen.isEmpty()
                ? List.of()
                : Sql.query(
                        readers,
                        "SELECT * FROM delivery WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY visible_at, seq",
                        SqliteQueue::received,
                        chosen.toString());
        taken.forEach(received -> inHand.put(received.receipt(), received));
        return taken;
    }

    private static ReceivedDelivery received(ResultSet row) throws SQLException {
        return new ReceivedDelivery(
                Long.toString(row.getLong("seq")), row.getInt("receives") + 1, SqliteDeadLetters.delivery(row));
    }

    private List<Candidate> candidates(int most) {
        Set<String> people = new HashSet<>();
        inHand.values().forEach(received -> people.add(received.delivery().person()));
        return Sql.query(
                        readers,
                        "SELECT seq, person, size FROM delivery WHERE visible_at <= ? ORDER BY visible_at, seq LIMIT ?",
                        row -> new Candidate(row.getLong(1), row.getString(2), row.getInt(3)),
                        clock.instant().toEpochMilli(),
                        most + inHand.size())
                .stream()
                .filter(candidate -> !inHand.containsKey(Long.toString(candidate.seq())))
                .filter(candidate -> candidate.person().isEmpty() || !people.contains(candidate.person()))
                .limit(most)
                .toList();
    }

    /** When the next delivery becomes visible; empty if the queue is empty. */
    public Optional<Instant> nextVisible() {
        return Sql.query(
                        readers,
                        "SELECT visible_at FROM delivery WHERE visible_at > ? ORDER BY visible_at LIMIT 1",
                        row -> Instant.ofEpochMilli(row.getLong(1)),
                        clock.instant().toEpochMilli())
                .stream()
                .findFirst();
    }

    /**
     * Ends a batch: what is finished is removed, what returns can be taken again.
     *
     * @param hidden how long what returns stays hidden, unless it was postponed
     */
    public void finish(List<ReceivedDelivery> finished, List<ReceivedDelivery> returning, Duration hidden) {
        List<ReceivedDelivery> notPostponed =
                returning.stream().filter(this::isInHand).toList();
        List<ReceivedDelivery> removedMeanwhile = Stream.concat(finished.stream(), returning.stream())
                .filter(this::isRemoved)
                .toList();
        long visibleAt = clock.instant().plus(hidden).toEpochMilli();
        writer.write(connection -> {
            Sql.each(connection, "DELETE FROM delivery WHERE seq = ?", finished, received ->
                    new Object[] {seq(received.receipt())});
            deleteFollowUps(connection, removedMeanwhile);
            return Sql.each(
                    connection,
                    "UPDATE delivery SET visible_at = ?, receives = receives + 1 WHERE seq = ?",
                    notPostponed,
                    received -> new Object[] {visibleAt, seq(received.receipt())});
        });
        release(finished);
        release(notPostponed);
        release(removedMeanwhile);
        batchEnd.run();
    }

    /** A worker that did not know of the removal has sent the delivery again, or made it a dead letter. */
    private static void deleteFollowUps(Connection connection, List<ReceivedDelivery> removed) throws SQLException {
        for (String table : List.of("delivery", "dead_letter")) {
            Sql.each(connection, "DELETE FROM " + table + " WHERE id = ?", removed, received ->
                    new Object[] {received.delivery().id()});
        }
    }

    private synchronized boolean isRemoved(ReceivedDelivery received) {
        return removed.contains(received.receipt());
    }

    /** Another worker may have taken it since it was postponed. */
    private synchronized boolean isInHand(ReceivedDelivery received) {
        return received.equals(inHand.get(received.receipt()));
    }

    private static long seq(String receipt) {
        return Long.parseLong(receipt);
    }

    /** Gives a batch back untouched. */
    public synchronized void release(Collection<ReceivedDelivery> batch) {
        batch.forEach(received -> {
            inHand.remove(received.receipt(), received);
            removed.remove(received.receipt());
        });
    }

    /** Bodies are only read of those that match; very many may wait. */
    @Override
    public List<Delivery> find(Predicate<String> person, int limit) {
        List<Long> found = seqs(person).stream().limit(limit).toList();
        return Sql.query(
                readers,
                "SELECT * FROM delivery WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq",
                SqliteDeadLetters::delivery,
                found.toString());
    }

    private List<Long> seqs(Predicate<String> person) {
        return Sql.query(
                        readers,
                        "SELECT seq, person FROM delivery ORDER BY seq",
                        row -> person.test(row.getString(2)) ? row.getLong(1) : NO_MATCH)
                .stream()
                .filter(seq -> !seq.equals(NO_MATCH))
                .toList();
    }

    @Override
    public int remove(Predicate<String> person) {
        List<Long> found = seqs(person);
        List<String> receipts = found.stream().map(String::valueOf).toList();
        // Before they are deleted, so that a batch which ends meanwhile knows it.
        synchronized (this) {
            removed.addAll(receipts);
        }
        try {
            int[] deleted = writer.write(connection ->
                    Sql.each(connection, "DELETE FROM delivery WHERE seq = ?", found, seq -> new Object[] {seq}));
            return IntStream.of(deleted).sum();
        } finally {
            synchronized (this) {
                receipts.stream()
                        .filter(receipt -> !inHand.containsKey(receipt))
                        .forEach(removed::remove);
            }
        }
    }

    public synchronized Depth depth() {
        long all = Sql.query(readers, "SELECT COUNT(*) FROM delivery", row -> row.getLong(1))
                .get(0);
        Optional<Instant> oldest = Sql.query(
                        readers,
                        "SELECT received_at FROM delivery ORDER BY seq LIMIT 1",
                        row -> Instant.ofEpochMilli(row.getLong(1)))
                .stream()
                .findFirst();
        long stored = inHand.keySet().stream()
                .filter(receipt -> !removed.contains(receipt))
                .count();
        // A batch that ends is deleted before it is let go of.
        return new Depth(Math.max(0, all - stored), inHand.size(), oldest);
    }
}
