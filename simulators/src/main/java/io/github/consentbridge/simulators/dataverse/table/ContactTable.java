package io.github.consentbridge.simulators.dataverse.table;

import io.github.consentbridge.simulators.dataverse.column.BuiltInColumns;
import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.Reference;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.query.Rows;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code contact}, stored by column, so that a million of them fit in a few hundred megabytes. A deleted
 * row keeps its number. Callers hold the table's monitor while they use row numbers.
 */
public final class ContactTable implements Rows {
    private static final long FIRST_VERSION = 5_000_000;

    private final Clock clock;
    private final Map<String, SimulatedColumn> columns = new LinkedHashMap<>();
    private final Map<SimulatedColumn, ColumnValues> values = new HashMap<>();
    private final Map<SimulatedColumn, RowIndex> indexes = new HashMap<>();
    private final AlternateKeys keys = new AlternateKeys(this);
    private final RowIndex ids = new RowIndex(row -> id(row).hashCode());
    private final RowStamps stamps = new RowStamps();
    private final UndoLog undo = new UndoLog();
    private long version = FIRST_VERSION;
    private int rows;
    private int live;

    public ContactTable(Clock clock) {
        this.clock = clock;
        BuiltInColumns.all().forEach(this::define);
    }

    public synchronized void define(SimulatedColumn column) {
        if (columns.putIfAbsent(column.logicalName(), column) != null) {
            throw new IllegalArgumentException("column exists already: " + column.logicalName());
        }
        values.put(column, new ColumnValues(rows, column.defaultValue()));
    }

    @Override
    public String logicalName() {
        return "contact";
    }

    @Override
    public synchronized Collection<SimulatedColumn> columns() {
        return List.copyOf(columns.values());
    }

    @Override
    public synchronized Optional<SimulatedColumn> column(String logicalName) {
        return Optional.ofNullable(columns.get(logicalName));
    }

    @Override
    public synchronized Optional<SimulatedColumn> property(String propertyName) {
        boolean lookup = propertyName.startsWith("_") && propertyName.endsWith("_value");
        String name = lookup ? propertyName.substring(1, propertyName.length() - "_value".length()) : propertyName;
        return column(name).filter(column -> column.propertyName().equals(propertyName));
    }

    public AlternateKeys keys() {
        return keys;
    }

    /** The number of rows ever created; deleted ones are not {@link #isLive}. */
    public synchronized int rows() {
        return rows;
    }

    public synchronized int count() {
        return live;
    }

    public synchronized boolean isLive(int row) {
        return stamps.version(row) > 0;
    }

    public synchronized UUID id(int row) {
        return stamps.id(row);
    }

    /** The version of the row's last change; negative if that was its deletion, 0 if its creation was rolled back. */
    synchronized long version(int row) {
        return stamps.version(row);
    }

    /** The version of the last change of any row. */
    synchronized long lastVersion() {
        return version;
    }

    /** Returns the next version; each change has its own. */
    synchronized long nextVersion() {
        return ++version;
    }

    public String etag(int row) {
        return "W/\"" + version(row) + "\"";
    }

    public synchronized int writes(int row) {
        return stamps.writes(row);
    }

    public synchronized void countWrite(int row) {
        stamps.countWrite(row);
    }

    public synchronized void forgetWrites() {
        stamps.forgetWrites();
    }

    /** The row's number, or -1. */
    public synchronized int find(UUID id) {
        int[] found = {-1};
        ids.forEach(id.hashCode(), row -> {
            if (id(row).equals(id)) {
                found[0] = row;
            }
        });
        return found[0];
    }

    @Override
    public synchronized @Nullable Object value(int row, SimulatedColumn column) {
        return switch (column.logicalName()) {
            case "contactid" -> id(row);
            case "versionnumber" -> version(row);
            case "modifiedon" -> Instant.ofEpochSecond(stamps.modified(row));
            case "createdon" -> Instant.ofEpochSecond(stamps.created(row));
            case "fullname" -> fullName(row);
            default -> stored(column).get(row);
        };
    }

    @Override
    public Optional<PrimitiveIterator.OfInt> indexed(SimulatedColumn column, Collection<?> wanted) {
        boolean worthAnIndex = column.logicalName().equals("contactid")
                || (column.type().isText() && !column.logicalName().equals("fullname"));
        return worthAnIndex ? Optional.of(rowsWith(column, wanted)) : Optional.empty();
    }

    /** Rows with one of the values, in order, ignoring case and trailing blanks. The first call builds an index. */
    synchronized PrimitiveIterator.OfInt rowsWith(SimulatedColumn column, Collection<?> wanted) {
        RowIndex index =
                column.logicalName().equals("contactid") ? ids : indexes.computeIfAbsent(column, this::buildIndex);
        Set<Integer> found = new TreeSet<>();
        for (Object value : wanted) {
            Object comparable = comparable(value);
            index.forEach(comparable.hashCode(), row -> {
                Object held = value(row, column);
                if (held != null && comparable(held).equals(comparable)) {
                    found.add(row);
                }
            });
        }
        return found.stream().mapToInt(Integer::intValue).iterator();
    }

    /**
     * Creates a row.
     *
     * @throws DataverseError if the id or an alternate key is taken
     */
    public synchronized int create(UUID id, Map<SimulatedColumn, @Nullable Object> given, Reference actor) {
        if (find(id) >= 0) {
            throw DataverseError.duplicateRecord();
        }
        keys.check(-1, given);
        int row = rows++;
        live++;
        stamps.created(row, id, now());
        ids.add(row, id.hashCode());
        undo.undoWith(() -> remove(row));
        indexes.forEach((column, index) -> addTo(index, column, row));
        set(row, columnOf("createdby"), actor);
        store(row, given, actor);
        return row;
    }

    /** Stores the values, even equal ones, and updates version and {@code modifiedon}. */
    public synchronized void update(int row, Map<SimulatedColumn, @Nullable Object> changes, Reference actor) {
        keys.check(row, changes);
        store(row, changes, actor);
    }

    public synchronized void delete(int row) {
        UUID id = id(row);
        long versionBefore = version(row);
        remove(row);
        stamps.version(row, -nextVersion());
        undo.undoWith(() -> {
            stamps.version(row, versionBefore);
            live++;
            ids.add(row, id.hashCode());
            indexes.forEach((column, index) -> addTo(index, column, row));
        });
    }

    /** Runs the action atomically: if it throws, nothing is changed. */
    public synchronized <T> T transaction(Supplier<T> work) {
        return undo.transaction(work);
    }

    /** The undo log for changes in the same transaction. */
    public UndoLog undo() {
        return undo;
    }

    public static Object comparable(Object value) {
        return value instanceof String text ? text.stripTrailing().toLowerCase(Locale.ROOT) : value;
    }

    private void store(int row, Map<SimulatedColumn, @Nullable Object> changes, Reference actor) {
        changes.forEach((column, value) -> set(row, column, value));
        set(row, columnOf("modifiedby"), actor);
        long versionBefore = version(row);
        long modifiedBefore = stamps.modified(row);
        undo.undoWith(() -> stamps.changed(row, versionBefore, modifiedBefore));
        stamps.changed(row, nextVersion(), now());
    }

    private void set(int row, SimulatedColumn column, @Nullable Object value) {
        if (column.logicalName().equals("contactid")) {
            return;
        }
        ColumnValues cells = stored(column);
        Object before = cells.get(row);
        undo.undoWith(() -> setAndIndex(cells, row, column, before));
        setAndIndex(cells, row, column, value);
    }

    private void setAndIndex(ColumnValues cells, int row, SimulatedColumn column, @Nullable Object value) {
        RowIndex index = indexes.get(column);
        if (index != null) {
            removeFrom(index, column, row);
        }
        cells.set(row, value);
        if (index != null) {
            addTo(index, column, row);
        }
    }

    private void remove(int row) {
        indexes.forEach((column, index) -> removeFrom(index, column, row));
        ids.remove(row, id(row).hashCode());
        stamps.version(row, 0);
        live--;
    }

    private RowIndex buildIndex(SimulatedColumn column) {
        RowIndex index = new RowIndex(row -> hash(row, column));
        for (int row = 0; row < rows; row++) {
            if (isLive(row)) {
                addTo(index, column, row);
            }
        }
        return index;
    }

    private void addTo(RowIndex index, SimulatedColumn column, int row) {
        if (value(row, column) != null) {
            index.add(row, hash(row, column));
        }
    }

    private void removeFrom(RowIndex index, SimulatedColumn column, int row) {
        if (value(row, column) != null) {
            index.remove(row, hash(row, column));
        }
    }

    private int hash(int row, SimulatedColumn column) {
        Object value = value(row, column);
        return value == null ? 0 : comparable(value).hashCode();
    }

    private @Nullable String fullName(int row) {
        Object first = stored(columnOf("firstname")).get(row);
        Object last = stored(columnOf("lastname")).get(row);
        if (first == null) {
            return (String) last;
        }
        return last == null ? (String) first : first + " " + last;
    }

    private SimulatedColumn columnOf(String logicalName) {
        return column(logicalName).orElseThrow();
    }

    private ColumnValues stored(SimulatedColumn column) {
        ColumnValues cells = values.get(column);
        if (cells == null) {
            throw new IllegalArgumentException("no such column: " + column.logicalName());
        }
        return cells;
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
