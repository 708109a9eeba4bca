package io.github.consentbridge.mapping.document;

import io.github.consentbridge.mapping.column.ColumnCodec;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A value in Didomi's terms. Only these are stored and compared; {@link ColumnCodec} converts a contact column's value.
 *
 * <p>The order breaks ties (rule R1): a refusal ranks above a grant, other values are ordered by their text.
 */
public sealed interface ConsentValue extends Comparable<ConsentValue> {
    /** A purpose, a preference or a channel that is granted or refused. */
    record Flag(boolean granted) implements ConsentValue {}

    /**
     * The value ids chosen for a preference, sorted and joined by commas, or the text of a property as it is. Build
     * preferences by {@link #ofSelection}.
     */
    record Text(String text) implements ConsentValue {}

    /**
     * A column value for which the mapping has no Didomi value, for example an option that {@code options} does not
     * name. It is stored and compared like any other value, but only its own column can show it.
     */
    record Unmapped(AttributeName column, String columnValue) implements ConsentValue {}

    static ConsentValue of(boolean granted) {
        return new Flag(granted);
    }

    /**
     * The values chosen for a preference, as Didomi joins them by commas ({@code "weekly,monthly"}). They are a set: the
     * ids are sorted, and repeated ones and blanks around them are dropped, wherever a value is read. So {@code "b,a"} and
     * {@code "a, b,a"} are equal, and neither system is written because the other lists the same ids in another order.
     */
    static ConsentValue ofSelection(String joinedIds) {
        return new Text(Arrays.stream(joinedIds.split(",", -1))
                .map(String::strip)
                .filter(id -> !id.isEmpty())
                .distinct()
                .sorted()
                .collect(Collectors.joining(",")));
    }

    /** Whether it is a refusal; only a flag can be one. */
    default boolean isRefusal() {
        return this instanceof Flag flag && !flag.granted();
    }

    @Override
    default int compareTo(ConsentValue other) {
        int byRank = Integer.compare(rank(), other.rank());
        return byRank != 0 ? byRank : text().compareTo(other.text());
    }

    private int rank() {
        if (this instanceof Flag flag) {
            return flag.granted() ? 0 : 3;
        }
        return this instanceof Text ? 1 : 2;
    }

    private String text() {
        if (this instanceof Text text) {
            return text.text();
        }
        return this instanceof Unmapped unmapped ? unmapped.column() + "=" + unmapped.columnValue() : "";
    }
}
