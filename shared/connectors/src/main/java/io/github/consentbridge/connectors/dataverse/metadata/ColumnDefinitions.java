package io.github.consentbridge.connectors.dataverse.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.consentbridge.connectors.dataverse.api.BatchRequest;
import io.github.consentbridge.connectors.dataverse.api.BatchResponse;
import io.github.consentbridge.connectors.dataverse.api.DataverseApi;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads column metadata in two requests: what all types have, then one batch with a read per type that has more
 * metadata.
 */
public final class ColumnDefinitions {
    private final DataverseApi api;

    public ColumnDefinitions(DataverseApi api) {
        this.api = api;
    }

    public Map<String, ColumnMetadata> of(Collection<String> names) {
        if (names.isEmpty()) {
            return Map.of();
        }
        Map<String, JsonNode> common = api.get(ColumnQuery.common(names), ColumnReader::definitions);
        Map<String, JsonNode> specific = specific(common, ColumnQuery::specific);
        Map<String, ColumnMetadata> columns = new LinkedHashMap<>();
        common.forEach((name, definition) -> columns.put(
                name, ColumnReader.column(definition, specific.getOrDefault(name, MissingNode.getInstance()))));
        return columns;
    }

    /** All columns with their labels. The names of hundreds do not fit into an address, so nothing is filtered. */
    public List<LabelledColumn> all() {
        Map<String, JsonNode> common = api.get(ColumnQuery.allCommon(), ColumnReader::definitions);
        Map<String, JsonNode> specific = specific(common, (type, names) -> ColumnQuery.allSpecific(type));
        return common.entrySet().stream()
                .map(column -> ColumnReader.labelled(
                        column.getValue(), specific.getOrDefault(column.getKey(), MissingNode.getInstance())))
                .toList();
    }

    private Map<String, JsonNode> specific(
            Map<String, JsonNode> common, BiFunction<String, List<String>, @Nullable String> query) {
        Map<String, List<String>> namesByType =
                common.keySet().stream().collect(Collectors.groupingBy(name -> ColumnReader.typeOf(common.get(name))));
        List<String> paths = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        namesByType.forEach((type, names) -> {
            String path = query.apply(type, names);
            if (path != null) {
                paths.add(path);
                expected.addAll(names);
            }
        });
        if (paths.isEmpty()) {
            return Map.of();
        }
        BatchRequest batch = BatchRequest.ofReads("batch_" + UUID.randomUUID(), paths);
        return api.post(batch, response -> read(response, paths.size(), expected));
    }

    private static Map<String, JsonNode> read(RemoteResponse response, int sent, List<String> expected) {
        if (!response.isSuccess()) {
            throw DataverseException.from(response);
        }
        List<RemoteResponse> parts = BatchResponse.parts(response);
        Map<String, JsonNode> definitions = new HashMap<>();
        parts.forEach(part -> definitions.putAll(ColumnReader.definitions(part)));
        if (parts.size() != sent || !definitions.keySet().containsAll(expected)) {
            throw DataverseException.unreadable(response, "definitions of columns are missing");
        }
        return definitions;
    }
}
