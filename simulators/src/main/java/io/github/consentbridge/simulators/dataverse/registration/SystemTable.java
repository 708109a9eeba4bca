package io.github.consentbridge.simulators.dataverse.registration;

import io.github.consentbridge.simulators.dataverse.column.Reference;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.query.Rows;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of a few rows, such as {@code serviceendpoint}. Its entity set is its name and {@code s}, its primary key its
 * name and {@code id}. Callers hold a common monitor.
 */
public final class SystemTable implements Rows {
    private static final long FIRST_VERSION = 6_000_000;

    private final String logicalName;
    private final Clock clock;
    private final Map<String, SimulatedColumn> columns = new LinkedHashMap<>();
    private final Map<String, SystemTable> parents = new HashMap<>();
    private final Map<String, Child> children = new LinkedHashMap<>();
    /** Columns of parents, by paths such as {@code sdkmessageid/name}. */
    private final Map<SimulatedColumn, Path> paths = new HashMap<>();

    private final List<@Nullable Row> rows = new ArrayList<>();
    private long version = FIRST_VERSION;

    private record Row(long version, Map<SimulatedColumn, @Nullable Object> values) {}

    private record Path(SimulatedColumn lookup, SystemTable parent, SimulatedColumn column) {}

    /** The rows of another table whose lookup points to a row of this one. */
    record Child(SystemTable table, SimulatedColumn lookup) {}

    SystemTable(String logicalName, List<SimulatedColumn> columns, Clock clock) {
        this.logicalName = logicalName;
        this.clock = clock;
        columns.forEach(column -> this.columns.put(column.logicalName(), column.in(logicalName)));
    }

    /** Defines a lookup's target for {@code $expand}, for paths in filters and for the reverse direction. */
    void relate(String lookupName, SystemTable parent, String collectionName) {
        SimulatedColumn lookup = columnOf(lookupName);
        parents.put(lookup.navigationProperty(), parent);
        parent.children.put(collectionName, new Child(this, lookup));
    }

    @Override
    public String logicalName() {
        return logicalName;
    }

    String entitySet() {
        return logicalName + "s";
    }

    SimulatedColumn primaryKey() {
        return columnOf(logicalName + "id");
    }

    SimulatedColumn columnOf(String name) {
        return column(name).orElseThrow();
    }

    @Override
    public Collection<SimulatedColumn> columns() {
        return List.copyOf(columns.values());
    }

    @Override
    public Optional<SimulatedColumn> column(String columnName) {
        return Optional.ofNullable(columns.get(columnName));
    }

    @Override
    public Optional<SimulatedColumn> property(String propertyName) {
        int slash = propertyName.indexOf('/');
        if (slash > 0) {
            return path(propertyName.substring(0, slash), propertyName.substring(slash + 1));
        }
        return columns.values().stream()
                .filter(column -> !column.isWriteOnly() && column.propertyName().equals(propertyName))
                .findFirst();
    }

    Optional<SystemTable> parent(String navigationProperty) {
        return Optional.ofNullable(parents.get(navigationProperty));
    }

    Optional<Child> child(String collectionName) {
        return Optional.ofNullable(children.get(collectionName));
    }

    Collection<Child> children() {
        return children.values();
    }

    @Override
    public @Nullable Object value(int row, SimulatedColumn column) {
        Path path = paths.get(column);
        if (path == null) {
            return get(row).values().get(column);
        }
        int parentRow = value(row, path.lookup()) instanceof Reference target
                ? path.parent().find(target.id())
                : -1;
        return parentRow < 0 ? null : path.parent().value(parentRow, path.column());
    }

    Map<SimulatedColumn, @Nullable Object> values(int row) {
        return new LinkedHashMap<>(get(row).values());
    }

    UUID id(int row) {
        return (UUID) Objects.requireNonNull(value(row, primaryKey()));
    }

    String etag(int row) {
        return "W/\"" + get(row).version() + "\"";
    }

    IntStream live() {
        return IntStream.range(0, rows.size()).filter(row -> rows.get(row) != null);
    }

    /** The rows whose lookup points there. */
    IntStream pointingTo(SimulatedColumn lookup, UUID id) {
        return live().filter(row ->
                value(row, lookup) instanceof Reference target && target.id().equals(id));
    }

    /** The row's number, or -1. */
    int find(UUID id) {
        return live().filter(row -> id(row).equals(id)).findFirst().orElse(-1);
    }

    /** Adds a row; missing values get their defaults. */
    int create(UUID id, Map<SimulatedColumn, @Nullable Object> given) {
        Map<SimulatedColumn, @Nullable Object> values = new LinkedHashMap<>();
        columns.values().forEach(column -> values.put(column, column.defaultValue()));
        values.putAll(given);
        values.put(primaryKey(), id);
        column("createdon").ifPresent(column -> values.put(column, now()));
        rows.add(null);
        store(rows.size() - 1, values);
        return rows.size() - 1;
    }

    void store(int row, Map<SimulatedColumn, @Nullable Object> values) {
        column("modifiedon").ifPresent(column -> values.put(column, now()));
        rows.set(row, new Row(++version, values));
    }

    void delete(int row) {
        rows.set(row, null);
    }

    private Optional<SimulatedColumn> path(String navigationProperty, String property) {
        SystemTable parent = parents.get(navigationProperty);
        if (parent == null) {
            return Optional.empty();
        }
        SimulatedColumn lookup = columns.values().stream()
                .filter(column -> column.navigationProperty().equals(navigationProperty))
                .findFirst()
                .orElseThrow();
        return parent.property(property).map(target -> known(new Path(lookup, parent, target)));
    }

    /** The column of a path, cached. */
    private SimulatedColumn known(Path path) {
        return paths.entrySet().stream()
                .filter(entry -> entry.getValue().equals(path))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> {
                    SimulatedColumn column = path.column().in(logicalName);
                    paths.put(column, path);
                    return column;
                });
    }

    private Row get(int row) {
        return Objects.requireNonNull(rows.get(row), "deleted row");
    }

    private Object now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
