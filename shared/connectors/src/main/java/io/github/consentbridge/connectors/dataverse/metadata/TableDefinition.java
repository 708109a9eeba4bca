package io.github.consentbridge.connectors.dataverse.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.dataverse.api.DataverseJson;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Reads {@link TableMetadata}.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query-metadata-web-api">Query
 *     metadata</a>
 */
public final class TableDefinition {
    public static final String PATH = "/EntityDefinitions(LogicalName='contact')"
            + "?$select=ChangeTrackingEnabled,IsOptimisticConcurrencyEnabled"
            + "&$expand=Keys($select=KeyAttributes,EntityKeyIndexStatus)";

    private TableDefinition() {}

    public static TableMetadata read(RemoteResponse response) {
        if (!response.isSuccess()) {
            throw DataverseException.from(response);
        }
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
