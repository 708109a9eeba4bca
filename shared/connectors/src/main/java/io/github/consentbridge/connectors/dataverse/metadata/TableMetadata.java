package io.github.consentbridge.connectors.dataverse.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.dataverse.api.DataverseJson;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * An environment's settings of the table contact.
 *
 * @param changeTracking whether changes are tracked
 * @param optimisticConcurrency whether {@code If-Match} is honoured
 * @param keyColumns columns that alone are an active alternate key: no two contacts have the same value
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query-metadata-web-api">Query
 *     metadata</a>
 */
public record TableMetadata(boolean changeTracking, boolean optimisticConcurrency, Set<String> keyColumns) {
    public static final String PATH = "/EntityDefinitions(LogicalName='contact')"
            + "?$select=ChangeTrackingEnabled,IsOptimisticConcurrencyEnabled"
            + "&$expand=Keys($select=KeyAttributes,EntityKeyIndexStatus)";

    public TableMetadata {
        keyColumns = Set.copyOf(keyColumns);
    }

    /** Reads the answer to {@link #PATH}. */
    public static TableMetadata read(RemoteResponse response) {
        JsonNode table = DataverseJson.object(response);
        return new TableMetadata(
                table.path("ChangeTrackingEnabled").asBoolean(),
                table.path("IsOptimisticConcurrencyEnabled").asBoolean(),
                keyColumns(table.path("Keys")));
    }

    private static Set<String> keyColumns(JsonNode keys) {
        Set<String> columns = new LinkedHashSet<>();
        for (JsonNode key : keys) {
            JsonNode attributes = key.path("KeyAttributes");
            if (attributes.size() == 1
                    && key.path("EntityKeyIndexStatus").asText().equals("Active")) {
                columns.add(attributes.get(0).asText());
            }
        }
        return columns;
    }
}
