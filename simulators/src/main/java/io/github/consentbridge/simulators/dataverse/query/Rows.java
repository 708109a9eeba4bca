package io.github.consentbridge.simulators.dataverse.query;

import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import java.util.Collection;
import java.util.Optional;
import java.util.PrimitiveIterator;
import org.jspecify.annotations.Nullable;

/** A table for queries and payloads. */
public interface Rows {
    /** The table's logical name, such as {@code contact}. */
    String logicalName();

    Collection<SimulatedColumn> columns();

    Optional<SimulatedColumn> column(String columnName);

    /** The column with this name in {@code $select}, {@code $filter} and answers. */
    Optional<SimulatedColumn> property(String propertyName);

    /** The row's value of a column. */
    @Nullable
    Object value(int row, SimulatedColumn column);

    /** The rows with one of these values if an index knows them; otherwise all rows must be scanned. */
    default Optional<PrimitiveIterator.OfInt> indexed(SimulatedColumn column, Collection<?> values) {
        return Optional.empty();
    }
}
