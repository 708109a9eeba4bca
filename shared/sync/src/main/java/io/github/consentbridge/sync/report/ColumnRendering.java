package io.github.consentbridge.sync.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.OptionTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How every command shows a value: in Didomi's terms, and beside it what the contact column holds, which is something else
 * for an inverted column or one with options: {@code marketing: refused → donotbulkemail = true}.
 */
public final class ColumnRendering {
    private static final String NOTHING = "nothing";

    private ColumnRendering() {}

    /** {@code granted}, {@code refused}, the ids chosen for a preference, or {@code nothing}. */
    public static String words(@Nullable ConsentValue value) {
        if (value instanceof ConsentValue.Flag flag) {
            return flag.granted() ? "granted" : "refused";
        }
        if (value instanceof ConsentValue.Unmapped unmapped) {
            return "unmapped " + unmapped.columnValue();
        }
        return value instanceof ConsentValue.Text text && !text.text().isEmpty() ? text.text() : NOTHING;
    }

    /** The ids that a path names, from the purpose down: {@code marketing/frequency}. */
    public static String words(DidomiPath path) {
        return String.join("/", path.parts().values());
    }

    /**
     * What the column holds when it shows this value, as the Web API writes it: a truth value, an option number, text, or
     * null. The column's type is implied by the mapping, so a yes or no that is kept as text is shown as a truth value.
     */
    public static JsonNode columnValue(Mapping mapping, @Nullable ConsentValue value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value == null) {
            return NullNode.getInstance();
        }
        if (value instanceof ConsentValue.Unmapped unmapped) {
            return unmapped(mapping, unmapped.columnValue());
        }
        if (!mapping.options().isEmpty()) {
            return options(mapping, value);
        }
        if (value instanceof ConsentValue.Flag flag) {
            return nodes.booleanNode(flag.granted() != mapping.invert());
        }
        String text = OptionTable.key(value);
        return text.isEmpty() ? NullNode.getInstance() : nodes.textNode(text);
    }

    private static JsonNode unmapped(Mapping mapping, String columnValue) {
        boolean isOption = !mapping.options().isEmpty() && columnValue.matches("-?\\d{1,9}");
        return isOption
                ? JsonNodeFactory.instance.numberNode(Integer.parseInt(columnValue))
                : JsonNodeFactory.instance.textNode(columnValue);
    }

    /** One option is a number, several are the text {@code 1,9}, as the Web API has them. */
    private static JsonNode options(Mapping mapping, ConsentValue value) {
        OptionTable table = new OptionTable(mapping);
        String key = OptionTable.key(value);
        Optional<Integer> whole = table.number(key);
        if (whole.isPresent()) {
            return JsonNodeFactory.instance.numberNode(whole.get());
        }
        List<Optional<Integer>> each =
                Arrays.stream(key.split(",", -1)).map(id -> table.number(id)).toList();
        return each.stream().allMatch(Optional::isPresent)
                ? JsonNodeFactory.instance.textNode(each.stream()
                        .map(Optional::orElseThrow)
                        .sorted()
                        .map(Object::toString)
                        .collect(Collectors.joining(",")))
                : NullNode.getInstance();
    }

    /**
     * {@code donotbulkemail = true}, {@code new_frequency = 100000001 (Weekly)}, or {@code new_frequency is empty}.
     *
     * @param columnValue as {@link #columnValue} gives it
     * @param labels the labels of option numbers, as far as they are known
     */
    public static String column(String column, JsonNode columnValue, Map<Integer, String> labels) {
        if (columnValue.isNull()) {
            return column + " is empty";
        }
        @Nullable String label = columnValue.isInt() ? labels.get(columnValue.intValue()) : null;
        return column + " = " + columnValue.asText() + (label == null ? "" : " (" + label + ")");
    }

    /** {@code marketing: refused → donotbulkemail = true}. */
    public static String line(Mapping mapping, @Nullable ConsentValue value, Map<Integer, String> labels) {
        return words(mapping.value()) + ": " + words(value) + " → "
                + column(mapping.column().logicalName(), columnValue(mapping, value), labels);
    }
}
