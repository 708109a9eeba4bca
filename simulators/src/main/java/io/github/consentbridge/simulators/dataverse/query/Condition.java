package io.github.consentbridge.simulators.dataverse.query;

import io.github.consentbridge.simulators.dataverse.column.Reference;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A condition of {@code $filter} on a row. */
public sealed interface Condition {
    boolean holds(Rows table, int row);

    /** The rows that can match, if an index knows them. */
    default Optional<PrimitiveIterator.OfInt> candidates(Rows table) {
        return Optional.empty();
    }

    record All(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(Rows table, int row) {
            return parts.stream().allMatch(part -> part.holds(table, row));
        }

        @Override
        public Optional<PrimitiveIterator.OfInt> candidates(Rows table) {
            return parts.stream()
                    .flatMap(part -> part.candidates(table).stream())
                    .findFirst();
        }
    }

    record Any(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(Rows table, int row) {
            return parts.stream().anyMatch(part -> part.holds(table, row));
        }
    }

    record Not(Condition part) implements Condition {
        @Override
        public boolean holds(Rows table, int row) {
            return !part.holds(table, row);
        }
    }

    /** {@code Microsoft.Dynamics.CRM.In}; the values are in the form that {@link ContactTable#comparable} gives. */
    record In(SimulatedColumn column, Set<Object> values) implements Condition {
        @Override
        public boolean holds(Rows table, int row) {
            Object held = heldBy(table, row, column);
            return held != null && values.contains(held);
        }

        @Override
        public Optional<PrimitiveIterator.OfInt> candidates(Rows table) {
            return table.indexed(column, values);
        }
    }

    /**
     * A column compared with a literal.
     *
     * @param value null for the literal {@code null}
     */
    record Comparison(
            SimulatedColumn column,
            Operator operator,
            @Nullable Object value) implements Condition {
        @Override
        public boolean holds(Rows table, int row) {
            Object held = heldBy(table, row, column);
            return switch (operator) {
                case EQ -> Objects.equals(held, value);
                // A row without a value differs from every value, in Dataverse but not in SQL.
                case NE -> !Objects.equals(held, value);
                default -> held != null && value != null && operator.accepts(compare(held, value));
            };
        }

        @Override
        public Optional<PrimitiveIterator.OfInt> candidates(Rows table) {
            return operator == Operator.EQ && value != null ? table.indexed(column, List.of(value)) : Optional.empty();
        }
    }

    enum Operator {
        EQ,
        NE,
        GT,
        GE,
        LT,
        LE;

        boolean accepts(int comparison) {
            return switch (this) {
                case EQ -> comparison == 0;
                case NE -> comparison != 0;
                case GT -> comparison > 0;
                case GE -> comparison >= 0;
                case LT -> comparison < 0;
                case LE -> comparison <= 0;
            };
        }
    }

    private static @Nullable Object heldBy(Rows table, int row, SimulatedColumn column) {
        Object value = column.isSecured() ? null : table.value(row, column);
        if (value == null) {
            return null;
        }
        return value instanceof Reference reference ? reference.id() : ContactTable.comparable(value);
    }

    /** Compares two values of one column; their types agree because the parser made the second fit the first. */
    @SuppressWarnings("unchecked")
    static int compare(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }
}
