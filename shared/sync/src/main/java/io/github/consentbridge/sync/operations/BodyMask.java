package io.github.consentbridge.sync.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.json.JsonTree;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Masks the personal data of a delivery's body. What it shows is listed; all else is masked, because nobody can list the
 * columns and members in which a company keeps personal data. The shape, truth values and nulls stay.
 */
final class BodyMask {
    private static final String MASK = "***";

    /** Members whose texts and numbers say what happened, and to which purpose or column, not to whom. */
    private static final Set<String> SHOWN = Set.of(
            "type",
            "regulation",
            "organization_id",
            "status",
            "created_at",
            "updated_at",
            "key",
            "__type",
            "MessageName",
            "PrimaryEntityName",
            "LogicalName",
            "OrganizationId",
            "OperationCreatedOn",
            "Stage",
            "Mode",
            "Depth");

    /** In these an {@code id} names a purpose or a preference. */
    private static final Set<String> CHOICES = Set.of("purposes", "preferences", "channels", "enabled", "disabled");

    /** Columns and members whose values are choices, or times of the row. */
    private final Set<String> columns = new HashSet<>(Set.of("modifiedon", "createdon"));

    BodyMask(Integration integration) {
        // A property of the Didomi user, such as an address, is no choice.
        integration.mappings().stream()
                .filter(mapping -> mapping.value().isConsent())
                .forEach(mapping -> columns.add(mapping.column().logicalName()));
    }

    /** The same body without personal data; a sentence about it if it cannot be read. */
    String mask(String body) {
        try {
            return JsonTree.write(mask(JsonTree.read(body), false, false));
        } catch (IOException e) {
            return "(not JSON, " + body.length() + " characters)";
        }
    }

    /**
     * Masks a value.
     *
     * @param shown whether its texts and numbers are shown
     * @param choices whether it belongs to a choice
     */
    private JsonNode mask(JsonNode value, boolean shown, boolean choices) {
        if (value instanceof ObjectNode object) {
            return masked(object, shown, choices);
        } else if (value.isArray()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> list.add(mask(element, shown || choices, choices)));
            return list;
        }
        boolean kept = shown
                || value.isBoolean()
                || value.isNull()
                || (value.isTextual() && value.asText().isEmpty());
        return kept ? value : JsonNodeFactory.instance.textNode(MASK);
    }

    private ObjectNode masked(ObjectNode object, boolean shown, boolean choices) {
        ObjectNode masked = JsonNodeFactory.instance.objectNode();
        boolean mapped = columns.contains(object.path("key").asText());
        object.properties().forEach(member -> {
            String name = member.getKey();
            boolean visible = shown
                    || (SHOWN.contains(name) && member.getValue().isValueNode())
                    || columns.contains(name)
                    || (mapped && name.equals("value"))
                    || (choices && (name.equals("id") || name.equals("value")));
            masked.set(
                    name,
                    mask(member.getValue(), visible && !isRow(member.getValue()), choices || CHOICES.contains(name)));
        });
        return masked;
    }

    /** A lookup's value has a name of its own. */
    private static boolean isRow(JsonNode value) {
        return value.has("LogicalName") || value.has("Attributes");
    }
}
