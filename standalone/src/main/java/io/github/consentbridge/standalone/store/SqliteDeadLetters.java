package io.github.consentbridge.standalone.store;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.logging.PersonHash;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.DeadLetters;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryJson;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The dead-letter queue in SQLite. Reads a page at a time, so that no number of dead letters fills the memory. */
public final class SqliteDeadLetters implements DeadLetters {
    /** Bodies may have 1 MiB each. */
    private static final int PAGE = 20;

    private static final String NEXT_PAGE = """
            SELECT id, side, person, received_at, attempts, body, failing_since, last_failure, earlier, reason, died_at
            FROM dead_letter
            WHERE (died_at, id) > (?, ?) ORDER BY died_at, id LIMIT\s""" + PAGE;

    private static final String ONE = "SELECT * FROM dead_letter WHERE id = ?";

    private final DataSource readers;
    private final GroupCommit writer;
    private final PersonHash hash;

    SqliteDeadLetters(DataSource readers, GroupCommit writer, PersonHash hash) {
        this.readers = readers;
        this.writer = writer;
        this.hash = hash;
    }

    @Override
    public void add(List<DeadLetter> letters) {
        writer.write(connection -> Sql.each(connection, """
                INSERT OR REPLACE INTO dead_letter (id, side, person, received_at, attempts, body, reason, died_at,
                                                    failing_since, last_failure, earlier)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", letters, SqliteDeadLetters::columns));
    }

    private static @Nullable Object[] columns(DeadLetter letter) {
        Delivery delivery = letter.delivery();
        return new @Nullable Object[] {
            delivery.id(),
            delivery.side().name(),
            delivery.person(),
            delivery.receivedAt().toEpochMilli(),
            delivery.attempts(),
            StoredBody.of(delivery.body()),
            letter.reason(),
            letter.diedAt().toEpochMilli(),
            failingSince(delivery),
            lastFailure(delivery),
            earlier(delivery)
        };
    }

    static @Nullable Long failingSince(Delivery delivery) {
        return delivery.trouble() == null ? null : delivery.trouble().since().toEpochMilli();
    }

    static @Nullable String lastFailure(Delivery delivery) {
        return delivery.trouble() == null ? null : delivery.trouble().last();
    }

    static @Nullable String earlier(Delivery delivery) {
        return delivery.earlier() == null
                ? null
                : DeliveryJson.earlier(delivery.earlier()).toString();
    }

    @Override
    public List<DeadLetter> list(Predicate<DeadLetter> filter, int limit) {
        List<DeadLetter> found = new ArrayList<>();
        for (List<DeadLetter> page = firstPage(); !page.isEmpty(); page = pageAfter(page)) {
            for (DeadLetter letter : page) {
                if (filter.test(letter)) {
                    found.add(letter);
                    if (found.size() == limit) {
                        return found;
                    }
                }
            }
        }
        return found;
    }

    @Override
    public int replay(Predicate<DeadLetter> filter, DeliveryQueue queue) {
        int sent = 0;
        for (List<DeadLetter> page = firstPage(); !page.isEmpty(); page = pageAfter(page)) {
            List<Delivery> chosen =
                    page.stream().filter(filter).map(DeadLetter::replayed).toList();
            if (!chosen.isEmpty()) {
                queue.send(chosen, Duration.ZERO);
                remove(chosen);
                sent += chosen.size();
            }
        }
        return sent;
    }

    private void remove(List<Delivery> deliveries) {
        writer.write(connection -> Sql.each(connection, "DELETE FROM dead_letter WHERE id = ?", deliveries, delivery ->
                new Object[] {delivery.id()}));
    }

    @Override
    public Optional<DiscardedDelivery> discard(
            String id, DiscardedDelivery.Decision decision, Function<String, OrganizationUserId> person) {
        return Sql.query(readers, ONE, SqliteDeadLetters::letter, id).stream()
                .findFirst()
                .map(letter -> DiscardedDelivery.of(letter, hashOf(letter, person), decision))
                .filter(this::move);
    }

    private String hashOf(DeadLetter letter, Function<String, OrganizationUserId> person) {
        String key = letter.delivery().person();
        return key.isEmpty() ? "" : hash.of(person.apply(key));
    }

    /** In one transaction; returns false if another has removed the letter in the meantime. */
    private boolean move(DiscardedDelivery discarded) {
        return writer.write(connection -> {
            List<DiscardedDelivery> one = List.of(discarded);
            int[] removed =
                    Sql.each(connection, "DELETE FROM dead_letter WHERE id = ?", one, each -> new Object[] {each.id()});
            if (removed[0] == 0) {
                return false;
            }
            Sql.each(connection, "INSERT INTO discarded (delivery, record) VALUES (?, ?)", one, each ->
                    new Object[] {each.id(), each.json().toString()});
            return true;
        });
    }

    @Override
    public int erase(Predicate<String> person) {
        return erase(person, Instant.ofEpochMilli(Long.MAX_VALUE));
    }

    /** The same for deliveries that were received until then. Bodies are not read. */
    public int erase(Predicate<String> person, Instant receivedUntil) {
        List<String> ids = Sql.query(
                        readers,
                        "SELECT id, person FROM dead_letter WHERE received_at <= ?",
                        row -> person.test(row.getString(2)) ? row.getString(1) : "",
                        receivedUntil.toEpochMilli())
                .stream()
                .filter(id -> !id.isEmpty())
                .toList();
        int[] deleted = writer.write(connection ->
                Sql.each(connection, "DELETE FROM dead_letter WHERE id = ?", ids, id -> new Object[] {id}));
        return IntStream.of(deleted).sum();
    }

    @Override
    public List<DiscardedDelivery> discarded(String id) {
        return Sql.query(
                readers,
                "SELECT record FROM discarded WHERE delivery = ? ORDER BY rowid",
                row -> DiscardedDelivery.of(StoredJson.read(row.getString(1))),
                id);
    }

    @Override
    public Optional<List<DiscardedDelivery>> discardedOf(OrganizationUserId person) {
        return Optional.of(Sql.query(
                readers,
                "SELECT record FROM discarded WHERE json_extract(record, '$.person') = ? ORDER BY rowid",
                row -> DiscardedDelivery.of(StoredJson.read(row.getString(1))),
                hash.of(person)));
    }

    /** Of erased people's letters that were given up only stays who did so and when: sentences may name somebody. */
    static void forgetReasons(Connection connection, List<String> hashes) throws SQLException {
        Sql.each(
                connection,
                "UPDATE discarded SET record = json_set(record, '$.failure', 'erased', '$.reason', 'erased')"
                        + " WHERE json_extract(record, '$.person') = ?",
                hashes,
                hash -> new Object[] {hash});
    }

    public long count() {
        return Sql.query(readers, "SELECT COUNT(*) FROM dead_letter", row -> row.getLong(1))
                .get(0);
    }

    private List<DeadLetter> firstPage() {
        return Sql.query(readers, NEXT_PAGE, SqliteDeadLetters::letter, Long.MIN_VALUE, "");
    }

    private List<DeadLetter> pageAfter(List<DeadLetter> page) {
        DeadLetter last = page.get(page.size() - 1);
        return Sql.query(
                readers,
                NEXT_PAGE,
                SqliteDeadLetters::letter,
                last.diedAt().toEpochMilli(),
                last.delivery().id());
    }

    private static DeadLetter letter(ResultSet row) throws SQLException {
        return new DeadLetter(delivery(row), row.getString("reason"), Instant.ofEpochMilli(row.getLong("died_at")));
    }

    static Delivery delivery(ResultSet row) throws SQLException {
        return new Delivery(
                row.getString("id"),
                Side.valueOf(row.getString("side")),
                row.getString("person"),
                Instant.ofEpochMilli(row.getLong("received_at")),
                row.getInt("attempts"),
                StoredBody.in(row),
                trouble(row),
                earlierIn(row));
    }

    private static Delivery.@Nullable Earlier earlierIn(ResultSet row) throws SQLException {
        @Nullable String earlier = row.getString("earlier");
        return earlier == null ? null : DeliveryJson.earlier(StoredJson.read(earlier));
    }

    private static Delivery.@Nullable Trouble trouble(ResultSet row) throws SQLException {
        @Nullable String last = row.getString("last_failure");
        return last == null ? null : new Delivery.Trouble(Instant.ofEpochMilli(row.getLong("failing_since")), last);
    }
}
