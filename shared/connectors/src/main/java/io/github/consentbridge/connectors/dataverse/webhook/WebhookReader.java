package io.github.consentbridge.connectors.dataverse.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.dataverse.api.DataverseJson;
import io.github.consentbridge.connectors.http.PercentEncoding;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Reads the rows of a webhook. Missing values are read as values that are never registered, so that they count as
 * drift.
 */
final class WebhookReader {
    private static final String IMAGES = "sdkmessageprocessingstepid_sdkmessageprocessingstepimage";
    private static final int NOT_SET = -1;

    private WebhookReader() {}

    static List<ServiceEndpoint> endpoints(RemoteResponse response) {
        return rows(response, "serviceendpointid").stream()
                .map(row -> new ServiceEndpoint(
                        id(response, row, "serviceendpointid"),
                        row.path("url").asText(""),
                        row.path("authtype").asInt(NOT_SET),
                        row.path("isauthvalueset").asBoolean(false),
                        text(row, "description")))
                .toList();
    }

    static String stepQuery(UUID endpointId) {
        return "?$select=sdkmessageprocessingstepid,mode,stage,statecode,asyncautodelete,filteringattributes"
                + "&$filter=" + PercentEncoding.encode("_eventhandler_value eq " + endpointId)
                + "&$expand=sdkmessageid($select=name),sdkmessagefilterid($select=primaryobjecttypecode)," + IMAGES
                + "($select=entityalias,imagetype,messagepropertyname,attributes)";
    }

    static List<ProcessingStep> steps(RemoteResponse response) {
        return rows(response, "sdkmessageprocessingstepid").stream()
                .map(row -> new ProcessingStep(
                        id(response, row, "sdkmessageprocessingstepid"), step(row), images(response, row)))
                .toList();
    }

    private static ProcessingStep.Settings step(JsonNode row) {
        return new ProcessingStep.Settings(
                row.path("sdkmessageid").path("name").asText(""),
                row.path("sdkmessagefilterid").path("primaryobjecttypecode").asText(""),
                names(text(row, "filteringattributes")),
                row.path("mode").asInt(NOT_SET),
                row.path("stage").asInt(NOT_SET),
                row.path("statecode").asInt(NOT_SET) == 0,
                row.path("asyncautodelete").asBoolean(false));
    }

    private static List<StepImage> images(RemoteResponse response, JsonNode step) {
        List<StepImage> images = new ArrayList<>();
        for (JsonNode row : step.path(IMAGES)) {
            StepImage.Settings settings = new StepImage.Settings(
                    text(row, "entityalias"),
                    row.path("imagetype").asInt(NOT_SET),
                    text(row, "messagepropertyname"),
                    names(text(row, "attributes")));
            images.add(new StepImage(id(response, row, "sdkmessageprocessingstepimageid"), settings));
        }
        return images;
    }

    /** The elements of {@code value} in a 2xx answer, each with its id. */
    static List<JsonNode> rows(RemoteResponse response, String idColumn) {
        JsonNode value = DataverseJson.rows(response);
        List<JsonNode> rows = new ArrayList<>(value.size());
        value.forEach(row -> {
            id(response, row, idColumn);
            rows.add(row);
        });
        return rows;
    }

    private static UUID id(RemoteResponse response, JsonNode row, String column) {
        try {
            return UUID.fromString(row.path(column).asText());
        } catch (IllegalArgumentException e) {
            throw DataverseException.unreadable(response, "a row has no " + column);
        }
    }

    private static String text(JsonNode row, String column) {
        JsonNode value = row.path(column);
        return value.isTextual() ? value.textValue() : "";
    }

    private static Set<String> names(String list) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : list.split(",", -1)) {
            if (!name.isBlank()) {
                names.add(name.strip());
            }
        }
        return names;
    }
}
