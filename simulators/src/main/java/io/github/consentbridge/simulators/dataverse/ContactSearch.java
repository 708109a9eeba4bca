package io.github.consentbridge.simulators.dataverse;

import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.Reference;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.query.Condition;
import io.github.consentbridge.simulators.dataverse.query.RowQuery;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/**
 * Runs queries page by page. An unordered query continues at a row number; an ordered one keeps the sorted row numbers
 * of its first page, because sorting a million rows for each page would be too slow.
 */
final class ContactSearch {
    private static final int KEPT_ORDERS = 8;

    private final ContactTable table;
    private final Map<Integer, int[]> sorted = new LinkedHashMap<>();
    private int lastSorted;

    /** @param next the start of the next page, if there is one */
    record Page(List<Integer> rows, Optional<String> next) {}

    ContactSearch(ContactTable table) {
        this.table = table;
    }

    Page find(RowQuery query, int pageSize) {
        synchronized (table) {
            int size = query.top().orElse(pageSize);
            Page page = query.orderBy().isEmpty() ? unordered(query, size) : ordered(query, size);
            return query.top().isPresent() ? new Page(page.rows(), Optional.empty()) : page;
        }
    }

    /** The number of matching rows, at most 5000, for {@code $count=true}. */
    int count(RowQuery query) {
        synchronized (table) {
            return (int) matching(query, 0).limit(5000).count();
        }
    }

    private Page unordered(RowQuery query, int size) {
        int start = query.skipToken().map(token -> number(token, "r")).orElse(0);
        List<Integer> rows = matching(query, start).limit(size + 1L).boxed().toList();
        return rows.size() <= size
                ? new Page(rows, Optional.empty())
                : new Page(rows.subList(0, size), Optional.of("r" + rows.get(size)));
    }

    private Page ordered(RowQuery query, int size) {
        int id = query.skipToken().map(token -> number(token, "s")).orElseGet(() -> sort(query));
        int start = query.skipToken().map(token -> number(token, "s\\d+\\.")).orElse(0);
        int[] rows = sorted.get(id);
        if (rows == null) {
            throw DataverseError.query("The paging cookie is no longer valid.");
        }
        int end = Math.min(rows.length, start + size);
        List<Integer> page =
                Arrays.stream(rows, start, end).filter(table::isLive).boxed().toList();
        if (end == rows.length) {
            return new Page(page, Optional.empty());
        }
        return new Page(page, Optional.of("s" + id + "." + end));
    }

    private int sort(RowQuery query) {
        int[] rows = matching(query, 0)
                .boxed()
                .sorted(order(query))
                .mapToInt(Integer::intValue)
                .toArray();
        sorted.put(++lastSorted, rows);
        sorted.keySet().removeIf(id -> id <= lastSorted - KEPT_ORDERS);
        return lastSorted;
    }

    private Comparator<Integer> order(RowQuery query) {
        Comparator<Integer> order = Comparator.naturalOrder();
        for (int i = query.orderBy().size() - 1; i >= 0; i--) {
            RowQuery.Order by = query.orderBy().get(i);
            Comparator<Integer> column = (left, right) -> compare(left, right, by.column());
            order = (by.descending() ? column.reversed() : column).thenComparing(order);
        }
        return order;
    }

    private int compare(int left, int right, SimulatedColumn column) {
        Object first = table.value(left, column);
        Object second = table.value(right, column);
        if (first == null || second == null) {
            return Boolean.compare(first != null, second != null);
        }
        if (first instanceof Reference one && second instanceof Reference other) {
            return one.id().compareTo(other.id());
        }
        return Condition.compare(ContactTable.comparable(first), ContactTable.comparable(second));
    }

    private IntStream matching(RowQuery query, int start) {
        if (query.filter().isEmpty()) {
            return IntStream.range(start, table.rows()).filter(table::isLive);
        }
        Condition filter = query.filter().get();
        IntStream rows = filter.candidates(table)
                .map(candidates -> stream(candidates).filter(row -> row >= start))
                .orElseGet(() -> IntStream.range(start, table.rows()));
        return rows.filter(row -> table.isLive(row) && filter.holds(table, row));
    }

    private static IntStream stream(PrimitiveIterator.OfInt rows) {
        IntStream.Builder builder = IntStream.builder();
        rows.forEachRemaining((int row) -> builder.add(row));
        return builder.build();
    }

    private static int number(String token, String prefix) {
        String digits = token.replaceFirst("^" + prefix, "").replaceFirst("\\..*$", "");
        if (!digits.matches("[0-9]{1,9}")) {
            throw DataverseError.query("Malformed XML in the Paging Cookie");
        }
        return Integer.parseInt(digits);
    }
}
