package io.github.consentbridge.mapping.delivery;

import io.github.consentbridge.mapping.document.AttributeName;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a delivery or one of its images names, limited to those the bridge reads.
 *
 * @param known values in the Web API's terms (Boolean, Number, String; dates as ISO 8601, several options as
 *     {@code "1,9"}, a reference as its id)
 * @param empty columns that are named and empty
 * @param unreadable columns with a value of an unknown type, with the type's name
 */
public record ColumnValues(
        Map<AttributeName, Object> known, Set<AttributeName> empty, Map<AttributeName, String> unreadable) {
    public static final ColumnValues NONE = new ColumnValues(Map.of(), Set.of(), Map.of());

    public ColumnValues {
        known = Map.copyOf(known);
        empty = Set.copyOf(empty);
        unreadable = Map.copyOf(unreadable);
    }

    /** The value of a column; null where it is empty, unreadable or not named. */
    public @Nullable Object value(AttributeName column) {
        return known.get(column);
    }

    /** The value of a column as text; null where it has none. */
    @Nullable
    String text(AttributeName column) {
        @Nullable Object value = value(column);
        return value == null || value.toString().isBlank() ? null : value.toString();
    }

    boolean namesAny(Set<AttributeName> columns) {
        return !Collections.disjoint(known.keySet(), columns)
                || !Collections.disjoint(empty, columns)
                || !Collections.disjoint(unreadable.keySet(), columns);
    }

    /** The same, with a row's values instead of the unreadable ones. */
    ColumnValues readableBy(Map<AttributeName, Object> row) {
        Map<AttributeName, Object> more = new HashMap<>(known);
        Set<AttributeName> without = new HashSet<>(empty);
        unreadable.keySet().forEach(column -> {
            if (row.containsKey(column)) {
                more.put(column, row.get(column));
            } else {
                without.add(column);
            }
        });
        return new ColumnValues(more, without, Map.of());
    }
}
