package io.github.consentbridge.connectors.dataverse.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.dataverse.api.DataverseApi;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.dataverse.api.DataverseJson;
import io.github.consentbridge.connectors.http.PercentEncoding;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the rows of a webhook: a service endpoint, a processing step per message, images per step. Safe to
 * repeat: a created row carries our id, a changed row must exist, and deleting a missing row succeeds. Every method
 * throws {@link DataverseException} if it gets no trustworthy answer.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/register-web-hook">Register a
 *     webhook</a>
 */
public final class DataverseWebhooks {
    private static final String ENDPOINTS = "/serviceendpoints";
    private static final String STEPS = "/sdkmessageprocessingsteps";
    private static final String IMAGES = "/sdkmessageprocessingstepimages";
    private static final int WEBHOOK = 8;
    private static final int JSON = 2;

    private final DataverseApi api;
    private final boolean writes;

    private record Message(String id, String filterId) {}

    public DataverseWebhooks(DataverseApi api) {
        this(api, true);
    }

    private DataverseWebhooks(DataverseApi api, boolean writes) {
        this.api = api;
        this.writes = writes;
    }

    /** The same for a dry run: methods that would change something do nothing. */
    public DataverseWebhooks lookingOn() {
        return new DataverseWebhooks(api, false);
    }

    /** The webhook endpoints with this name, oldest first. */
    public List<ServiceEndpoint> endpoints(String name) {
        String filter = "contract eq " + WEBHOOK + " and name eq '" + name.replace("'", "''") + "'";
        String path = ENDPOINTS + "?$select=serviceendpointid,url,authtype,isauthvalueset,description&$filter="
                + PercentEncoding.encode(filter) + "&$orderby=createdon";
        return api.get(path, WebhookReader::endpoints);
    }

    /** The steps that call an endpoint, with their images. */
    public List<ProcessingStep> steps(UUID endpointId) {
        return api.get(STEPS + WebhookReader.stepQuery(endpointId), WebhookReader::steps);
    }

    /** Creates an endpoint that sends its header with each call. */
    public UUID createEndpoint(ServiceEndpoint.Settings settings) {
        Map<String, @Nullable Object> row = row(settings);
        row.put("contract", WEBHOOK);
        row.put("messageformat", JSON);
        return create(ENDPOINTS, "serviceendpointid", row);
    }

    /** Sets all properties at once: Dataverse drops the secret if only the URL is changed. */
    public void updateEndpoint(UUID id, ServiceEndpoint.Settings settings) {
        update(ENDPOINTS, id, row(settings));
    }

    /** Deletes an endpoint, which no step may use. */
    public void deleteEndpoint(UUID id) {
        delete(ENDPOINTS, id);
    }

    /** Creates an enabled step; its message and table are looked up, as their ids differ between environments. */
    public UUID createStep(UUID endpointId, String name, ProcessingStep.Settings settings) {
        Message message = message(settings.message(), settings.table());
        Map<String, @Nullable Object> row = row(settings);
        row.put("name", name);
        row.put("rank", 1);
        row.put("supporteddeployment", 0);
        row.put("sdkmessageid@odata.bind", "/sdkmessages(" + message.id() + ")");
        row.put("sdkmessagefilterid@odata.bind", "/sdkmessagefilters(" + message.filterId() + ")");
        row.put("eventhandler_serviceendpoint@odata.bind", ENDPOINTS + "(" + endpointId + ")");
        return create(STEPS, "sdkmessageprocessingstepid", row);
    }

    /** Sets all properties but message and table, which cannot be changed. */
    public void updateStep(UUID id, ProcessingStep.Settings settings) {
        Map<String, @Nullable Object> row = row(settings);
        row.put("statecode", settings.enabled() ? 0 : 1);
        row.put("statuscode", settings.enabled() ? 1 : 2);
        update(STEPS, id, row);
    }

    public void deleteStep(UUID id) {
        delete(STEPS, id);
    }

    public UUID createImage(UUID stepId, StepImage.Settings settings) {
        Map<String, @Nullable Object> row = row(settings);
        row.put("sdkmessageprocessingstepid@odata.bind", STEPS + "(" + stepId + ")");
        return create(IMAGES, "sdkmessageprocessingstepimageid", row);
    }

    public void updateImage(UUID id, StepImage.Settings settings) {
        update(IMAGES, id, row(settings));
    }

    public void deleteImage(UUID id) {
        delete(IMAGES, id);
    }

    private static Map<String, @Nullable Object> row(ServiceEndpoint.Settings settings) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("name", settings.name());
        row.put("url", settings.url());
        row.put("authtype", ServiceEndpoint.HTTP_HEADER);
        row.put("authvalue", settings.authValue());
        row.put("description", settings.description());
        return row;
    }

    private static Map<String, @Nullable Object> row(ProcessingStep.Settings settings) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("mode", settings.mode());
        row.put("stage", settings.stage());
        row.put("asyncautodelete", settings.autoDelete());
        row.put("filteringattributes", list(settings.filteringAttributes()));
        return row;
    }

    /** All columns are null, not an empty text. */
    private static @Nullable String list(Set<String> columns) {
        return columns.isEmpty() ? null : String.join(",", columns);
    }

    private static Map<String, @Nullable Object> row(StepImage.Settings settings) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("name", settings.alias());
        row.put("entityalias", settings.alias());
        row.put("imagetype", settings.type());
        row.put("messagepropertyname", settings.messageProperty());
        row.put("attributes", list(settings.attributes()));
        return row;
    }

    private Message message(String name, String table) {
        String filter = "primaryobjecttypecode eq '" + table + "' and sdkmessageid/name eq '" + name + "'";
        String path = "/sdkmessagefilters?$select=sdkmessagefilterid,_sdkmessageid_value&$filter="
                + PercentEncoding.encode(filter);
        return api.get(path, response -> {
            List<JsonNode> filters = WebhookReader.rows(response, "sdkmessagefilterid");
            if (filters.isEmpty()) {
                throw DataverseException.unreadable(response, "it has no message " + name + " of " + table);
            }
            return new Message(
                    filters.get(0).path("_sdkmessageid_value").asText(),
                    filters.get(0).path("sdkmessagefilterid").asText());
        });
    }

    private UUID create(String entitySet, String idColumn, Map<String, @Nullable Object> row) {
        UUID id = UUID.randomUUID();
        if (!writes) {
            return id;
        }
        row.put(idColumn, id.toString());
        return api.post(entitySet, DataverseJson.columns(row), response -> {
            // A row with this id is ours: the answer to an earlier attempt was lost.
            if (response.isSuccess() || DataverseException.from(response).kind() == RemoteException.Kind.CONFLICT) {
                return id;
            }
            throw DataverseException.from(response);
        });
    }

    private void update(String entitySet, UUID id, Map<String, @Nullable Object> row) {
        if (writes) {
            api.patch(entitySet + "(" + id + ")", DataverseJson.columns(row), response -> done(response, false));
        }
    }

    private void delete(String entitySet, UUID id) {
        if (writes) {
            api.delete(entitySet + "(" + id + ")", response -> done(response, true));
        }
    }

    private static boolean done(RemoteResponse response, boolean mayBeGone) {
        if (response.isSuccess() || (mayBeGone && response.status() == 404)) {
            return true;
        }
        throw DataverseException.from(response);
    }
}
