package io.github.consentbridge.simulators.dataverse.table;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column, by row number. A column takes no memory while all rows have the default; equal short values
 * are shared. So a million rows of a Boolean take 4 MB.
 */
final class ColumnValues {
    private static final Object NULL = new Object();
    private static final int MAX_SHARED = 1024;

    private final int firstRowWithDefault;
    private final @Nullable Object defaultValue;
    private final Map<Object, Object> shared = new HashMap<>();
    private @Nullable Object[] cells = new Object[0];

    /** @param firstRowWithDefault earlier rows have null, as if the column was added later */
    ColumnValues(int firstRowWithDefault, @Nullable Object defaultValue) {
        this.firstRowWithDefault = firstRowWithDefault;
        this.defaultValue = defaultValue;
    }

    @Nullable
    Object get(int row) {
        Object cell = row < cells.length ? cells[row] : null;
        if (cell == NULL) {
            return null;
        }
        return cell == null && row >= firstRowWithDefault ? defaultValue : cell;
    }

    void set(int row, @Nullable Object value) {
        Object before = get(row);
        if (before == null ? value == null : before.equals(value)) {
            return;
        }
        if (row >= cells.length) {
            cells = Arrays.copyOf(cells, Math.max(row + 1, cells.length + cells.length / 2 + 16));
        }
        cells[row] = value == null ? NULL : share(value);
    }

    private Object share(Object value) {
        Object known = shared.get(value);
        if (known != null) {
            return known;
        }
        if (shared.size() < MAX_SHARED) {
            shared.put(value, value);
        }
        return value;
    }
}
