package io.github.consentbridge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One mapped value as both systems show it.
 *
 * @param purpose Didomi's purpose
 * @param preference the purpose's preference; null if the field is the purpose's own yes or no
 * @param object what is granted or refused, in a sentence
 * @param invert whether the column means refusal
 * @param options Didomi's value to Dataverse's option; empty for a yes or no
 */
record LiveField(
        String id,
        String label,
        String purpose,
        @Nullable String preference,
        String object,
        String column,
        String columnLabel,
        boolean invert,
        Map<String, Integer> options) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The mappings of the demo's document, in its order. */
    static final List<LiveField> ALL = List.of(
            new LiveField(
                    "newsletter",
                    "Newsletter",
                    "newsletter",
                    null,
                    "the newsletter",
                    "new_newsletter",
                    "Newsletter",
                    false,
                    Map.of()),
            new LiveField(
                    "marketing",
                    "Marketing e-mails",
                    "marketing",
                    null,
                    "marketing e-mails",
                    "donotbulkemail",
                    "Do not allow Bulk Emails",
                    true,
                    Map.of()),
            new LiveField(
                    "frequency",
                    "How often",
                    "marketing",
                    "frequency",
                    "how often marketing e-mails come",
                    "new_frequency",
                    "E-mail Frequency",
                    false,
                    Map.of("weekly", DemoSystems.WEEKLY, "monthly", DemoSystems.MONTHLY)));

    /** @throws IllegalArgumentException if there is no such field */
    static LiveField of(String id) {
        return ALL.stream()
                .filter(field -> field.id.equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no such field: use newsletter, marketing or frequency"));
    }

    /** The field that the bridge's log means by a column, or by a value of Didomi. */
    static Optional<LiveField> ofMapping(String mapping) {
        return ALL.stream()
                .filter(field -> field.column.equals(mapping) || field.path().equals(mapping))
                .findFirst();
    }

    private String path() {
        return "purpose:" + purpose + (preference == null ? "" : "/preference:" + preference);
    }

    boolean isChoice() {
        return !options.isEmpty();
    }

    /** What the column holds for a value of Didomi as the bridge's log names it; null for none. */
    JsonNode inColumn(String value) {
        return switch (value) {
            case "granted" -> NODES.booleanNode(!invert);
            case "refused" -> NODES.booleanNode(invert);
            default -> options.containsKey(value) ? NODES.numberNode(options.get(value)) : NODES.nullNode();
        };
    }

    /** The value of Didomi that a column's value means; for an empty choice the first of its options. */
    JsonNode inDidomi(JsonNode columnValue) {
        if (!isChoice()) {
            return NODES.booleanNode(columnValue.asBoolean() != invert);
        }
        return NODES.textNode(new TreeMap<>(options)
                .entrySet().stream()
                        .filter(option -> option.getValue() == columnValue.asInt())
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(options.keySet().stream().sorted().findFirst().orElseThrow()));
    }

    /** A column's value as the form shows it. */
    String shown(JsonNode columnValue) {
        if (columnValue.isBoolean()) {
            return columnValue.booleanValue() ? "Yes" : "No";
        }
        return DemoSystems.OPTION_LABELS.getOrDefault(columnValue.intValue(), "empty");
    }

    /** What a person did by choosing a value of Didomi: "refused the newsletter", "chose weekly". */
    String deed(String value) {
        return switch (value) {
            case "granted", "refused" -> value + " " + object;
            default -> "chose " + value + " e-mails";
        };
    }

    ObjectNode json() {
        ObjectNode json = NODES.objectNode()
                .put("id", id)
                .put("label", label)
                .put("kind", isChoice() ? "options" : "boolean")
                .put("column", column)
                .put("column_label", columnLabel)
                .put("invert", invert);
        if (isChoice()) {
            ArrayNode list = json.putArray("options");
            // Reversed, so that the more frequent one comes first.
            new TreeMap<>(options)
                    .descendingMap()
                    .forEach((value, option) -> list.addObject()
                            .put("value", value)
                            .put("option", option)
                            .put("label", DemoSystems.OPTION_LABELS.get(option)));
        }
        return json;
    }
}
