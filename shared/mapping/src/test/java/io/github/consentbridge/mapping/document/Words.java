package io.github.consentbridge.mapping.document;

import io.github.consentbridge.mapping.column.ColumnType;
import io.github.consentbridge.mapping.column.ColumnType.Behavior;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parses the words of the test tables. */
public final class Words {
    private Words() {}

    public static Mapping mapping(String words) {
        List<String> parts = new ArrayList<>(Arrays.asList(words.split(" ", -1)));
        DidomiPath path = path(parts.remove(0));
        boolean invert = parts.remove("inverted");
        Map<String, Integer> options = new LinkedHashMap<>();
        for (String option : parts) {
            int equals = option.indexOf('=');
            options.put(option.substring(0, equals), Integer.valueOf(option.substring(equals + 1)));
        }
        return new Mapping(
                new AttributeName("new_note"), path, invert, options, Direction.BOTH, Regulation.GDPR, Wins.NEWEST);
    }

    private static DidomiPath path(String kind) {
        return switch (kind) {
            case "purpose" -> new DidomiPath.Purpose("marketing");
            case "preference" -> new DidomiPath.Preference("marketing", "frequency");
            case "channel" -> new DidomiPath.Channel("marketing", "frequency", "email");
            case "property" -> new DidomiPath.Property("metadata.anything");
            default -> new DidomiPath.Property(kind);
        };
    }

    public static ColumnType column(String words) {
        String[] parts = words.split(" ", -1);
        return switch (parts[0]) {
            case "yes/no" -> new ColumnType.Bool();
            case "choice" -> new ColumnType.Choice(numbers(parts));
            case "choices" -> new ColumnType.MultiChoice(numbers(parts));
            case "text" -> new ColumnType.Text(Integer.parseInt(parts[1]));
            case "whole" -> new ColumnType.WholeNumber(Long.parseLong(parts[1]), Long.parseLong(parts[3]));
            case "decimal" ->
                new ColumnType.DecimalNumber(
                        new BigDecimal(parts[1]), new BigDecimal(parts[3]), Integer.parseInt(parts[5]));
            case "date" -> new ColumnType.DateTime(Behavior.valueOf(parts[1]));
            default -> new ColumnType.Other(words);
        };
    }

    private static Set<Integer> numbers(String[] parts) {
        return Arrays.stream(parts).skip(1).map(Integer::valueOf).collect(Collectors.toSet());
    }

    public static ConsentValue value(Mapping mapping, @Nullable String words) {
        String text = words == null ? "" : words;
        if (text.startsWith("unmapped ")) {
            return new ConsentValue.Unmapped(mapping.column(), text.substring("unmapped ".length()));
        }
        return switch (text) {
            case "granted" -> ConsentValue.of(true);
            case "refused" -> ConsentValue.of(false);
            default -> mapping.value().isConsent() ? ConsentValue.ofSelection(text) : new ConsentValue.Text(text);
        };
    }

    /** Parsed as the Web API's JSON would be: texts in quotes, numbers without a point as whole numbers. */
    public static @Nullable Object columnValue(String words) {
        if (words.startsWith("\"")) {
            return words.substring(1, words.length() - 1);
        }
        return switch (words) {
            case "nothing" -> null;
            case "yes" -> true;
            case "no" -> false;
            default -> number(words);
        };
    }

    private static Object number(String words) {
        BigDecimal number = new BigDecimal(words);
        if (number.scale() > 0) {
            return number;
        }
        long whole = number.longValueExact();
        return whole == (int) whole ? (Object) (int) whole : (Object) whole;
    }
}
