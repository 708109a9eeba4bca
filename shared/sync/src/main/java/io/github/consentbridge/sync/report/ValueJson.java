package io.github.consentbridge.sync.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import org.jspecify.annotations.Nullable;

/** A value in Didomi's terms, as reports show it. */
public final class ValueJson {
    private static final String UNMAPPED = "unmapped";

    private ValueJson() {}

    /** A truth value, a text, null where there is none, or {@code {"unmapped":…}} with what the column itself holds. */
    public static JsonNode write(@Nullable ConsentValue value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (value instanceof ConsentValue.Flag flag) {
            return nodes.booleanNode(flag.granted());
        }
        if (value instanceof ConsentValue.Text text) {
            return nodes.textNode(text.text());
        }
        return value instanceof ConsentValue.Unmapped unmapped
                ? nodes.objectNode().put(UNMAPPED, unmapped.columnValue())
                : NullNode.getInstance();
    }

    /** As stores keep it: like {@link #write}, and with the column that an unmapped value is of. */
    public static JsonNode writeStored(ConsentValue value) {
        JsonNode json = write(value);
        return value instanceof ConsentValue.Unmapped unmapped
                ? ((ObjectNode) json).put("column", unmapped.column().logicalName())
                : json;
    }

    /** What {@link #writeStored} wrote; null if it is null or missing. */
    public static @Nullable ConsentValue readStored(JsonNode node) {
        return read(
                node,
                node.isObject() ? new AttributeName(node.required("column").textValue()) : AttributeName.CONTACT_ID);
    }

    /**
     * What {@link #write} wrote.
     *
     * @param column the column that an unmapped value is taken to be of
     */
    public static @Nullable ConsentValue read(JsonNode node, AttributeName column) {
        if (node.isBoolean()) {
            return ConsentValue.of(node.booleanValue());
        }
        if (node.isTextual()) {
            return new ConsentValue.Text(node.textValue());
        }
        return node.has(UNMAPPED)
                ? new ConsentValue.Unmapped(column, node.get(UNMAPPED).asText())
                : null;
    }
}
