package io.github.consentbridge.simulators.dataverse.registration;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.dataverse.column.Codec;
import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.Reference;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.query.RowQuery;
import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Json;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A request for rows of a {@link SystemTable}, with {@code $expand} one level deep. */
final class SystemQuery {
    private static final Pattern EXPANDED = Pattern.compile("\\s*(\\w+)(?:\\(\\$select=([^();]*)\\))?\\s*(?:,(?=.)|$)");

    private final SystemTable table;
    private final RowQuery query;
    private final Map<String, SystemQuery> expanded = new LinkedHashMap<>();
    private final boolean isSelecting;

    private SystemQuery(SystemTable table, Map<String, String> options) {
        Map<String, String> others = new LinkedHashMap<>(options);
        others.remove("$expand");
        this.table = table;
        this.query = RowQuery.parse(table, others);
        this.isSelecting = options.containsKey("$select");
        expand(options.getOrDefault("$expand", ""));
    }

    static SystemQuery parse(SystemTable table, Call call) {
        return new SystemQuery(table, RowQuery.options(call));
    }

    boolean isCounted() {
        return query.count();
    }

    /** The columns in the answer's context; empty for all. */
    String selected() {
        return isSelecting
                ? query.select().stream().map(SimulatedColumn::propertyName).collect(Collectors.joining(",", "(", ")"))
                : "";
    }

    /** The matching rows in the requested order. */
    List<Integer> matching(IntStream rows) {
        return rows.filter(row ->
                        query.filter().map(filter -> filter.holds(table, row)).orElse(true))
                .boxed()
                .sorted(order())
                .limit(query.top().orElse(Integer.MAX_VALUE))
                .toList();
    }

    ObjectNode json(int row) {
        ObjectNode json = Json.object();
        json.put("@odata.etag", table.etag(row));
        query.select().stream()
                .filter(column -> !column.isWriteOnly())
                .forEach(column -> json.set(column.propertyName(), Codec.write(table.value(row, column))));
        // The primary key is always included.
        json.put(table.primaryKey().logicalName(), table.id(row).toString());
        expanded.forEach((name, parts) -> addExpanded(json, row, name, parts));
        return json;
    }

    private void expand(String clause) {
        Matcher item = EXPANDED.matcher(clause);
        int end = 0;
        while (end < clause.length() && item.find(end) && item.start() == end) {
            Map<String, String> options = item.group(2) == null ? Map.of() : Map.of("$select", item.group(2));
            expanded.put(item.group(1), new SystemQuery(target(item.group(1)), options));
            end = item.end();
        }
        if (end < clause.length()) {
            throw DataverseError.query("Syntax error at position " + end + " in '" + clause + "'.");
        }
    }

    private SystemTable target(String navigationProperty) {
        return table.parent(navigationProperty)
                .or(() -> table.child(navigationProperty).map(SystemTable.Child::table))
                .orElseThrow(() -> DataverseError.unknownProperty(table.logicalName(), navigationProperty));
    }

    private void addExpanded(ObjectNode json, int row, String name, SystemQuery parts) {
        Optional<SystemTable.Child> child = table.child(name);
        if (child.isPresent()) {
            ArrayNode rows = json.putArray(name);
            parts.table
                    .pointingTo(child.get().lookup(), table.id(row))
                    .mapToObj(parts::json)
                    .forEach(rows::add);
            return;
        }
        SimulatedColumn lookup = table.columns().stream()
                .filter(column -> column.navigationProperty().equals(name))
                .findFirst()
                .orElseThrow();
        if (table.value(row, lookup) instanceof Reference target) {
            json.set(name, parts.json(parts.table.find(target.id())));
        } else {
            json.putNull(name);
        }
    }

    private Comparator<Integer> order() {
        Comparator<Integer> order = Comparator.naturalOrder();
        for (int i = query.orderBy().size() - 1; i >= 0; i--) {
            RowQuery.Order by = query.orderBy().get(i);
            Comparator<Integer> column =
                    Comparator.comparing(row -> String.valueOf(Codec.write(table.value(row, by.column()))));
            order = (by.descending() ? column.reversed() : column).thenComparing(order);
        }
        return order;
    }
}
