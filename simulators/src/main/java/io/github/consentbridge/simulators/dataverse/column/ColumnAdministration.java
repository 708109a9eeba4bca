package io.github.consentbridge.simulators.dataverse.column;

import io.github.consentbridge.simulators.dataverse.query.Rows;
import java.math.BigDecimal;

/**
 * What an administrator changes of a column while clients run: they know the metadata from before, so the server
 * refuses what they send. Existing rows keep their values. The methods throw an {@code IllegalArgumentException} if
 * there is no such column.
 */
public final class ColumnAdministration {
    private final Rows table;

    public ColumnAdministration(Rows table) {
        this.table = table;
    }

    /** Turns column-level security on or off; while it is on, the application user has no profile for the column. */
    public void security(String column, boolean enabled) {
        find(column).secure(enabled);
    }

    /** Changes how many characters a text column holds. */
    public void maxLength(String column, int most) {
        find(column).limit(most);
    }

    /** Changes the range of a number column. */
    public void range(String column, BigDecimal least, BigDecimal most) {
        find(column).limit(least, most);
    }

    private SimulatedColumn find(String column) {
        return table.column(column).orElseThrow(() -> new IllegalArgumentException("no such column: " + column));
    }
}
