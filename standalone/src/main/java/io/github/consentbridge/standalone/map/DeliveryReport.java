package io.github.consentbridge.standalone.map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.sync.report.ColumnRendering;
import io.github.consentbridge.sync.report.ValueJson;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The choice that one delivery contains for each mapped column, or why it contains none:
 * {@code {"side","key","choices":[{"mapping","value","column_value","decided_at","shown"}],"ignored":[{"mapping","reason"}]}}.
 * {@code value} is in Didomi's terms; {@code column_value} is what the contact column holds for it, which is something else for
 * an inverted column.
 */
final class DeliveryReport {
    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    /** @param key the organization user id as the delivery spells it; null if the delivery does not contain it */
    DeliveryReport(Side from, @Nullable String key) {
        json.put("side", from.word()).put("key", key);
        json.putArray("choices");
        json.putArray("ignored");
    }

    void choose(Mapping mapping, Choice choice) {
        ObjectNode node = json.withArray("choices")
                .addObject()
                .put("mapping", mapping.column().logicalName());
        node.set("value", ValueJson.write(choice.value()));
        node.set("column_value", ColumnRendering.columnValue(mapping, choice.value()));
        node.put("decided_at", choice.decidedAt().toString())
                .put("shown", ColumnRendering.line(mapping, choice.value(), Map.of()));
    }

    void ignore(Mapping mapping, String reason) {
        json.withArray("ignored")
                .addObject()
                .put("mapping", mapping.column().logicalName())
                .put("reason", reason);
    }

    /** Who changed the row. The bridge's own changes are not choices, but only Dataverse can say which those are. */
    void initiatedBy(@Nullable UUID user) {
        json.put("initiating_user", user == null ? null : user.toString());
    }

    /** Whose delivery it is. Another environment's changes nobody, but only Dataverse can say which one is ours. */
    void sentBy(@Nullable UUID organization) {
        json.put("organization_id", organization == null ? null : organization.toString());
    }

    DeliveryReport ignoreAll(Collection<Mapping> mappings, String reason) {
        mappings.forEach(mapping -> ignore(mapping, reason));
        return this;
    }

    ObjectNode json() {
        return json;
    }
}
