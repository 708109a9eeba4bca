package io.github.consentbridge.sync.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.github.consentbridge.mapping.document.ConsentValue;
import org.jspecify.annotations.Nullable;

/** A value in Didomi's terms, as reports show it. */
public final class ValueJson {
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
                ? nodes.objectNode().put("unmapped", unmapped.columnValue())
                : NullNode.getInstance();
    }
}
