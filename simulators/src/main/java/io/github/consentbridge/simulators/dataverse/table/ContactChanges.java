package io.github.consentbridge.simulators.dataverse.table;

import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The changes since a delta token. A token is the row version at which a scan began, so changes during the scan belong
 * to the next one. Callers hold the table's monitor.
 */
public final class ContactChanges {
    private static final Duration LIFETIME = Duration.ofDays(7);
    private static final DateTimeFormatter TOKEN_TIME = DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm:ss", Locale.US);
    private static final Pattern TOKEN = Pattern.compile("([0-9]{1,12})!(.{19})");
    private static final Pattern POSITION = Pattern.compile("([ad])([0-9]{1,12})\\.([0-9]{1,19})");
    private static final int KEPT_ORDERS = 4;
    private static final int ROW_BITS = 27;
    /** Deleted rows follow the others. */
    private static final long DELETED = 1L << 62;

    private final ContactTable table;
    private final Clock clock;
    private final Map<Span, long[]> orders = new LinkedHashMap<>();
    private long expired;

    /** Versions above the first, up to the second. */
    private record Span(long from, long upTo) {}

    /** The start of a later page: a change or a row, in a scan that began at a version. */
    private record Position(long upTo, long at) {}

    /**
     * One page.
     *
     * @param deleted ids of deleted rows
     * @param next the start of the next page; empty on the last one, which has the token of the next scan instead
     */
    public record Page(List<Integer> rows, List<UUID> deleted, Optional<String> next, Optional<String> token) {}

    public ContactChanges(ContactTable table, Clock clock) {
        this.table = table;
        this.clock = clock;
    }

    /** Expires all tokens issued so far. */
    public void expireTokens() {
        expired = table.nextVersion();
        table.nextVersion();
    }

    /** Every row in its state at the time of its page, in the order of creation. */
    public Page all(Optional<String> skipToken, int size) {
        Optional<Position> position = skipToken.map(token -> position(token, "a"));
        long upTo = position.map(Position::upTo).orElseGet(table::lastVersion);
        int start = position.map(found -> (int) found.at()).orElse(0);
        List<Integer> rows = IntStream.range(start, table.rows())
                .filter(table::isLive)
                .limit(size + 1L)
                .boxed()
                .toList();
        return rows.size() <= size
                ? last(rows, List.of(), upTo)
                : new Page(
                        rows.subList(0, size),
                        List.of(),
                        Optional.of("a" + upTo + "." + rows.get(size)),
                        Optional.empty());
    }

    /**
     * Rows that changed since the token, in the order of their last change, then deleted ones.
     *
     * @throws DataverseError if the token has expired
     */
    public Page since(String token, Optional<String> skipToken, int size) {
        long from = version(token);
        Optional<Position> position = skipToken.map(given -> position(given, "d"));
        long upTo = position.map(Position::upTo).orElseGet(table::lastVersion);
        long[] order = order(new Span(from, upTo));
        int start = position.map(found -> firstFrom(order, found.at())).orElse(0);
        List<Long> keys = Arrays.stream(order, start, order.length)
                .filter(this::isCurrent)
                .limit(size + 1L)
                .boxed()
                .toList();
        int[] page = keys.stream().limit(size).mapToInt(ContactChanges::row).toArray();
        List<Integer> changed =
                Arrays.stream(page).filter(table::isLive).boxed().toList();
        List<UUID> deleted = Arrays.stream(page)
                .filter(row -> !table.isLive(row))
                .mapToObj(table::id)
                .toList();
        return keys.size() <= size
                ? last(changed, deleted, upTo)
                : new Page(changed, deleted, Optional.of("d" + upTo + "." + keys.get(size)), Optional.empty());
    }

    private Page last(List<Integer> rows, List<UUID> deleted, long upTo) {
        String time = TOKEN_TIME.format(clock.instant().atOffset(ZoneOffset.UTC));
        return new Page(rows, deleted, Optional.empty(), Optional.of(upTo + "!" + time));
    }

    /** False if the row changed again, or if a deleted contact was created again with its id. */
    private boolean isCurrent(long key) {
        int row = row(key);
        return key(row) == key && (table.isLive(row) || table.find(table.id(row)) < 0);
    }

    private static int firstFrom(long[] order, long key) {
        int found = Arrays.binarySearch(order, key);
        return found < 0 ? -found - 1 : found;
    }

    /** Cached from page to page, to avoid scanning a million versions for each. */
    private long[] order(Span span) {
        long[] order = orders.computeIfAbsent(span, this::sort);
        if (orders.size() > KEPT_ORDERS) {
            orders.remove(orders.keySet().iterator().next());
        }
        return order;
    }

    private long[] sort(Span span) {
        return IntStream.range(0, table.rows())
                .filter(row ->
                        Math.abs(table.version(row)) > span.from() && Math.abs(table.version(row)) <= span.upTo())
                .mapToLong(this::key)
                .sorted()
                .toArray();
    }

    /** Sorts by deletion, version and row. */
    private long key(int row) {
        long version = table.version(row);
        return (version < 0 ? DELETED : 0) | Math.abs(version) << ROW_BITS | row;
    }

    private static int row(long key) {
        return (int) (key & ((1L << ROW_BITS) - 1));
    }

    private long version(String token) {
        Matcher parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            throw invalid(token);
        }
        long version = Long.parseLong(parts.group(1));
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (version <= expired || time(token, parts.group(2)).plus(LIFETIME).isBefore(now)) {
            throw new DataverseError(
                    400,
                    "0x80044352",
                    "Version stamp associated with the client has expired. Please perform a full sync.");
        }
        return version;
    }

    private static Instant time(String token, String text) {
        try {
            return LocalDateTime.parse(text, TOKEN_TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            throw invalid(token);
        }
    }

    private static Position position(String skipToken, String kind) {
        Matcher parts = POSITION.matcher(skipToken);
        if (!parts.matches() || !parts.group(1).equals(kind)) {
            throw DataverseError.query("Malformed XML in the Paging Cookie");
        }
        return new Position(Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
    }

    private static DataverseError invalid(String token) {
        return DataverseError.query("The delta token '" + token + "' is not valid.");
    }
}
