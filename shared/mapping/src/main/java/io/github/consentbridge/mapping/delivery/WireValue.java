package io.github.consentbridge.mapping.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One column's value in a {@code RemoteExecutionContext}: plain, an object with {@code Value}, a reference, a list of
 * options, or boxed with its {@code __type}.
 *
 * @param value in the Web API's terms; null if the column is empty or the value is unreadable
 * @param unknownType the name of an unknown type; null if the value is readable
 */
record WireValue(@Nullable Object value, @Nullable String unknownType) {
    private static final WireValue EMPTY = new WireValue(null, null);

    /** The milliseconds are in UTC even if an offset follows. */
    private static final Pattern DATE = Pattern.compile("/Date\\((-?\\d{1,15})([+-]\\d{4})?\\)/");

    /** The scalar types of .NET that are sent boxed. */
    private static final Set<String> BOXED = Set.of(
            "Guid", "DateTime", "Boolean", "String", "Byte", "Int16", "Int32", "Int64", "Single", "Double", "Decimal");

    private static final Set<String> WITH_VALUE = Set.of("OptionSetValue", "Money");
    private static final String OPTIONS = "OptionSetValueCollection";
    private static final String REFERENCE = "EntityReference";
    private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^A-Za-z0-9_.]");
    private static final int MAX_NAME = 60;

    static WireValue of(JsonNode node) {
        if (node.isNull() || node.isMissingNode()) {
            return EMPTY;
        }
        if (node.isArray()) {
            return options(node, "list");
        }
        return node.isObject() ? ofObject(node) : scalar(node);
    }

    private static WireValue scalar(JsonNode node) {
        if (node.isBoolean()) {
            return new WireValue(node.booleanValue(), null);
        }
        return new WireValue(node.isNumber() ? node.numberValue() : text(node.textValue()), null);
    }

    private static String text(String text) {
        Matcher date = DATE.matcher(text);
        return date.matches()
                ? Instant.ofEpochMilli(Long.parseLong(date.group(1))).toString()
                : text;
    }

    private static WireValue ofObject(JsonNode node) {
        String type = typeName(node);
        if (BOXED.contains(type)) {
            return boxed(node.path("__value"), type);
        }
        if (WITH_VALUE.contains(type)) {
            return boxed(node.path("Value"), type);
        }
        if (type.equals(OPTIONS)) {
            return options(node.has("__value") ? node.path("__value") : node.path("Values"), type);
        }
        return type.equals(REFERENCE) ? boxed(node.path("Id"), type) : untyped(node, type);
    }

    /** Images sometimes omit the type; it is then recognised by its members. */
    private static WireValue untyped(JsonNode node, String type) {
        if (!type.isEmpty()) {
            return unreadable(type);
        }
        return node.has("Id") && node.has("LogicalName")
                ? boxed(node.path("Id"), REFERENCE)
                : boxed(node.path("Value"), "object");
    }

    private static WireValue boxed(JsonNode inner, String type) {
        if (inner.isObject() && BOXED.contains(typeName(inner))) {
            return boxed(inner.path("__value"), type);
        }
        // An empty column is null itself; the meaning of an empty box is unknown.
        return inner.isValueNode() && !inner.isNull() ? scalar(inner) : unreadable(type);
    }

    private static WireValue options(JsonNode list, String type) {
        if (!list.isArray()) {
            return unreadable(type);
        }
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode option : list) {
            @Nullable Object number = of(option).value();
            if (!(number instanceof Integer whole)) {
                return unreadable(type);
            }
            numbers.add(whole);
        }
        return numbers.isEmpty() ? EMPTY : new WireValue(joined(numbers), null);
    }

    /** The Web API's spelling. */
    private static String joined(List<Integer> numbers) {
        return new TreeSet<>(numbers).stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** {@code OptionSetValue} of {@code OptionSetValue:http://schemas.microsoft.com/xrm/2011/Contracts}. */
    private static String typeName(JsonNode node) {
        String type = node.path("__type").asText("");
        int colon = type.indexOf(':');
        String name = NOT_IN_A_NAME
                .matcher(colon < 0 ? type : type.substring(0, colon))
                .replaceAll("");
        return name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    }

    private static WireValue unreadable(String type) {
        return new WireValue(null, type);
    }
}
