package io.github.consentbridge.simulators.dataverse.query;

import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import java.util.Collection;
import java.util.Optional;
import java.util.PrimitiveIterator;
import org.jspecify.annotations.Nullable;

/** A table as queries and payloads see it. */
public interface Rows {
    /** The table's logical name, such as {@code contact}. */
    String logicalName();

    Collection<SimulatedColumn> columns();

    Optional<SimulatedColumn> column(String columnName);

    /** The column with this name in {@code $select}, {@code $filter} and answers. */
    Optional<SimulatedColumn> property(String propertyName);

    /** What the row holds. */
    @Nullable
    Object value(int row, SimulatedColumn column);

    /** The rows that hold one of these values, where an index knows them; else all have to be looked at. */
    default Optional<PrimitiveIterator.OfInt> indexed(SimulatedColumn column, Collection<?> values) {
        return Optional.empty();
    }
}
