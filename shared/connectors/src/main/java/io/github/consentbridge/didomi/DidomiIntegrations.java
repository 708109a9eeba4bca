package io.github.consentbridge.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.remote.PercentEncoding;
import io.github.consentbridge.remote.RemoteResponse;
import io.github.consentbridge.remote.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes the organisation's integrations of the type {@code webhook-http}. Creating is documented; listing,
 * changing and deleting follow the conventions of the API. Every method throws {@link DidomiException} when no
 * trustworthy answer was had.
 *
 * @see <a href="https://developers.didomi.io/integrations/tutorials/configure-a-http-webhook">Configure an HTTP webhook</a>
 */
public final class DidomiIntegrations {
    private static final String PATH = "/marketplace/integrations";
    private static final String WEBHOOK = "webhook-http";
    private static final int PAGE = 100;

    private final DidomiApi api;

    private record Page(List<JsonNode> elements, long total) {}

    DidomiIntegrations(DidomiApi api) {
        this.api = api;
    }

    /** All webhooks. Safe to repeat. */
    public List<WebhookIntegration> webhooks() {
        List<JsonNode> found = new ArrayList<>();
        Page page = page(0);
        while (true) {
            found.addAll(page.elements());
            if (page.elements().isEmpty() || found.size() >= page.total()) {
                return found.stream()
                        .filter(integration ->
                                integration.path("type_id").asText("").equals(WEBHOOK))
                        .map(DidomiIntegrations::webhook)
                        .toList();
            }
            page = page(found.size());
        }
    }

    /** Adds a webhook. It has no id of ours: where an answer gets lost, another one may be there, so look again. */
    public void create(WebhookIntegration.Settings settings) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type_id", WEBHOOK).put("organization_id", api.organizationId());
        body.set("authentication", authentication(settings, body.objectNode()));
        body.set("properties", body.objectNode().put("url", settings.url()));
        api.post(PATH, Map.of(), body.toString(), DidomiJson::object);
    }

    /**
     * Sets url, token url, client id and secret at once; what else was set in Didomi's Console, such as event types,
     * stays. Safe to repeat.
     */
    public void change(WebhookIntegration webhook, WebhookIntegration.Settings settings) {
        JsonNode source = DidomiJson.tryRead(webhook.source().value().getBytes(StandardCharsets.UTF_8));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("authentication", authentication(settings, copy(source.path("authentication"))));
        body.set("properties", copy(source.path("properties")).put("url", settings.url()));
        api.patch(address(webhook.id()), body.toString(), DidomiJson::object);
    }

    /** Removes a webhook. Safe to repeat: one that is gone is no failure. */
    public void delete(String id) {
        api.delete(address(id), response -> {
            if (response.isSuccess() || response.status() == 404) {
                return true;
            }
            throw DidomiException.from(response);
        });
    }

    private Page page(int skip) {
        Map<String, String> query =
                skip == 0 ? Map.of() : Map.of("$limit", Integer.toString(PAGE), "$skip", Integer.toString(skip));
        return api.get(PATH, query, DidomiIntegrations::page);
    }

    private static Page page(RemoteResponse response) {
        List<JsonNode> elements = DidomiJson.data(response);
        return new Page(elements, DidomiJson.object(response).path("total").asLong(elements.size()));
    }

    private static WebhookIntegration webhook(JsonNode integration) {
        JsonNode authentication = integration.path("authentication");
        return new WebhookIntegration(
                integration.path("id").asText(),
                integration.path("properties").path("url").asText(""),
                authentication.path("url").asText(""),
                authentication.path("client_id").asText(""),
                Secret.of(integration.toString()));
    }

    private static ObjectNode authentication(WebhookIntegration.Settings settings, ObjectNode authentication) {
        return authentication
                .put("url", settings.tokenUrl())
                .put("client_id", settings.clientId())
                .put("client_secret", settings.clientSecret().value());
    }

    private static ObjectNode copy(JsonNode object) {
        return object instanceof ObjectNode found ? found.deepCopy() : JsonNodeFactory.instance.objectNode();
    }

    private static String address(String id) {
        return PATH + "/" + PercentEncoding.encode(id);
    }
}
