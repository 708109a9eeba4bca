package io.github.consentbridge.connectors.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.PercentEncoding;
import io.github.consentbridge.connectors.http.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes the organisation's integrations of the type {@code webhook-http}. Creating is documented; listing,
 * changing and deleting follow the conventions of the API. Every method throws {@link DidomiException} if it gets no
 * trustworthy answer.
 *
 * @see <a href="https://developers.didomi.io/integrations/tutorials/configure-a-http-webhook">Configure an HTTP
 *     webhook</a>
 */
public final class DidomiIntegrations {
    private static final String PATH = "/marketplace/integrations";
    private static final String WEBHOOK = "webhook-http";

    private final DidomiApi api;
    private final boolean writes;

    DidomiIntegrations(DidomiApi api) {
        this(api, true);
    }

    private DidomiIntegrations(DidomiApi api, boolean writes) {
        this.api = api;
        this.writes = writes;
    }

    /** The same for a dry run: methods that would change something do nothing. */
    public DidomiIntegrations lookingOn() {
        return new DidomiIntegrations(api, false);
    }

    /** All webhooks. Safe to repeat. */
    public List<WebhookIntegration> webhooks() {
        return DidomiList.all(api, PATH).stream()
                .filter(integration -> integration.path("type_id").asText("").equals(WEBHOOK))
                .map(DidomiIntegrations::webhook)
                .toList();
    }

    /**
     * Adds a webhook. Didomi chooses its id, so a repeat after a lost answer may add a second one: list the webhooks
     * first.
     */
    public void create(WebhookIntegration.Settings settings) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type_id", WEBHOOK).put("organization_id", api.organizationId());
        body.set("authentication", authentication(settings, body.objectNode()));
        body.set("properties", body.objectNode().put("url", settings.url()));
        if (writes) {
            api.post(PATH, Map.of(), body.toString(), DidomiJson::object);
        }
    }

    /**
     * Sets URL, token URL, client id and secret. Other settings made in Didomi's Console, such as event types, are
     * kept. Safe to repeat.
     */
    public void change(WebhookIntegration webhook, WebhookIntegration.Settings settings) {
        JsonNode source = DidomiJson.tryRead(webhook.source().value().getBytes(StandardCharsets.UTF_8));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("authentication", authentication(settings, copy(source.path("authentication"))));
        body.set("properties", copy(source.path("properties")).put("url", settings.url()));
        if (writes) {
            api.patch(address(webhook.id()), body.toString(), DidomiJson::object);
        }
    }

    /** Removes a webhook. Safe to repeat: removing a missing one succeeds. */
    public void delete(String id) {
        if (!writes) {
            return;
        }
        api.delete(address(id), response -> {
            if (response.isSuccess() || response.status() == 404) {
                return true;
            }
            throw DidomiException.from(response);
        });
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
