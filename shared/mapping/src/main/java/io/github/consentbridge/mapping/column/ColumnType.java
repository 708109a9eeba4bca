package io.github.consentbridge.mapping.column;

import java.math.BigDecimal;
import java.util.Set;

/** What a contact column can hold, as {@code EntityDefinitions} describes it. */
public sealed interface ColumnType {
    /** Two options: yes and no. */
    record Bool() implements ColumnType {}

    /** One of the column's option numbers. */
    record Choice(Set<Integer> options) implements ColumnType {
        public Choice {
            options = Set.copyOf(options);
        }
    }

    /** Several of the column's option numbers; the Web API reads and writes them as the text {@code "1,9"}. */
    record MultiChoice(Set<Integer> options) implements ColumnType {
        public MultiChoice {
            options = Set.copyOf(options);
        }
    }

    /**
     * Text or memo.
     *
     * @param maxLength in UTF-16 code units, as {@code MaxLength} counts
     */
    record Text(int maxLength) implements ColumnType {}

    record WholeNumber(long min, long max) implements ColumnType {}

    /**
     * A number with decimals: decimal, double or money.
     *
     * @param precision digits kept after the decimal point
     */
    record DecimalNumber(BigDecimal min, BigDecimal max, int precision) implements ColumnType {}

    record DateTime(Behavior behavior) implements ColumnType {}

    /** A type that no mapping can use, for example a lookup. */
    record Other(String typeName) implements ColumnType {}

    /** {@code DateTimeBehavior}. */
    enum Behavior {
        USER_LOCAL,
        TIME_ZONE_INDEPENDENT,
        DATE_ONLY
    }
}
