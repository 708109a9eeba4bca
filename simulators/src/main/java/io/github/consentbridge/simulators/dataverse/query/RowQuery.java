package io.github.consentbridge.simulators.dataverse.query;

import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.http.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The query options of a request for rows, checked against the table's columns. */
public record RowQuery(
        List<SimulatedColumn> select,
        Optional<Condition> filter,
        List<Order> orderBy,
        Optional<Integer> top,
        boolean count,
        Optional<String> skipToken,
        Optional<String> tag) {
    private static final Set<String> KNOWN =
            Set.of("$select", "$filter", "$orderby", "$top", "$count", "$skiptoken", "tag", "partitionid");
    private static final Pattern COOKIE = Pattern.compile("<cookie pagenumber=\"\\d+\" pagingcookie=\"([^\"]+)\".*/>");

    public record Order(SimulatedColumn column, boolean descending) {}

    public static RowQuery parse(Rows table, Call call) {
        return parse(table, options(call));
    }

    public static RowQuery parse(Rows table, Map<String, String> options) {
        for (String name : options.keySet()) {
            if (name.equals("$skip")) {
                throw DataverseError.query("Skip Clause is not supported in CRM");
            } else if (!KNOWN.contains(name) && !name.startsWith("@")) {
                throw DataverseError.query("The query parameter '" + name + "' is not supported.");
            }
        }
        return new RowQuery(
                select(table, options.get("$select")),
                Optional.ofNullable(options.get("$filter"))
                        .map(filter -> FilterParser.parse(table, filter, aliases(options))),
                orderBy(table, options.getOrDefault("$orderby", "")),
                Optional.ofNullable(options.get("$top")).map(RowQuery::positive),
                Boolean.parseBoolean(options.getOrDefault("$count", "false")),
                Optional.ofNullable(options.get("$skiptoken")).map(RowQuery::position),
                Optional.ofNullable(options.get("tag")));
    }

    public static Map<String, String> options(Call call) {
        try {
            return call.query();
        } catch (IllegalArgumentException e) {
            throw DataverseError.query(String.valueOf(e.getMessage()));
        }
    }

    /** {@code odata.maxpagesize}, at most 5000. */
    public static int pageSize(Call call) {
        Matcher matcher = Pattern.compile("odata\\.maxpagesize\\s*=\\s*\"?(\\d+)\"?")
                .matcher(call.header("Prefer").orElse(""));
        return matcher.find() ? Math.min(5000, Math.max(1, Integer.parseInt(matcher.group(1)))) : 5000;
    }

    private static List<SimulatedColumn> select(Rows table, @Nullable String names) {
        if (names == null) {
            return List.copyOf(table.columns());
        }
        List<SimulatedColumn> columns = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            columns.add(table.property(name.strip())
                    .orElseThrow(() -> DataverseError.unknownProperty(table.logicalName(), name.strip())));
        }
        return columns;
    }

    private static List<Order> orderBy(Rows table, String clause) {
        List<Order> orders = new ArrayList<>();
        for (String item : clause.isBlank() ? new String[0] : clause.split(",", -1)) {
            String[] words = item.strip().split(" +", -1);
            if (words.length > 2 || (words.length == 2 && !Set.of("asc", "desc").contains(words[1]))) {
                throw DataverseError.query("Syntax error at position 0 in '" + clause + "'.");
            }
            SimulatedColumn column = table.property(words[0])
                    .orElseThrow(() -> DataverseError.unknownProperty(table.logicalName(), words[0]));
            orders.add(new Order(column, words.length == 2 && words[1].equals("desc")));
        }
        return orders;
    }

    private static Map<String, String> aliases(Map<String, String> options) {
        Map<String, String> aliases = new LinkedHashMap<>(options);
        aliases.keySet().removeIf(name -> !name.startsWith("@"));
        return aliases;
    }

    private static int positive(String number) {
        if (!number.matches("[1-9][0-9]{0,8}")) {
            throw DataverseError.query(
                    "Invalid value '" + number + "' for $top query option found. The $top query option"
                            + " requires a non-negative integer value.");
        }
        return Integer.parseInt(number);
    }

    private static String position(String skipToken) {
        Matcher matcher = COOKIE.matcher(skipToken);
        if (!matcher.matches()) {
            throw DataverseError.query("Malformed XML in the Paging Cookie");
        }
        return matcher.group(1);
    }
}
