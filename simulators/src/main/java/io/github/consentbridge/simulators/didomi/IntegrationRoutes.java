package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Ids;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Reply;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /marketplace/integrations} for {@code webhook-http}. Only POST is documented; the rest follows the conventions
 * of the API: PATCH changes the given members. Secrets are stored and never returned.
 */
final class IntegrationRoutes {
    private static final Set<String> FIELDS = Set.of("type_id", "organization_id", "authentication", "properties");

    private final Webhooks webhooks;
    private final Ids ids;
    private final String organizationId;
    private final Map<String, ObjectNode> integrations = new LinkedHashMap<>();

    IntegrationRoutes(Webhooks webhooks, Ids ids, String organizationId) {
        this.webhooks = webhooks;
        this.ids = ids;
        this.organizationId = organizationId;
    }

    synchronized Reply find() {
        ObjectNode answer = Json.object();
        answer.put("total", integrations.size()).put("limit", 100).put("skip", 0);
        ArrayNode data = answer.putArray("data");
        integrations.values().forEach(integration -> data.add(withoutSecret(integration)));
        return Reply.json(200, answer);
    }

    synchronized Reply create(JsonNode body) {
        return store(ids.next().toString(), body, 201);
    }

    synchronized Reply read(String id) {
        return Reply.json(200, withoutSecret(get(id)));
    }

    synchronized Reply change(String id, JsonNode body) {
        ObjectNode merged = get(id).deepCopy();
        merged.remove("id");
        body.properties().forEach(property -> merged.set(property.getKey(), property.getValue()));
        return store(id, merged, 200);
    }

    synchronized Reply delete(String id) {
        ObjectNode gone = get(id);
        integrations.remove(id);
        webhooks.unregister(id);
        return Reply.json(200, withoutSecret(gone));
    }

    private Reply store(String id, JsonNode body, int status) {
        checkFields(body);
        URI url = uri(body.at("/properties/url"), "properties.url");
        JsonNode authentication = body.has("authentication") ? body.get("authentication") : Json.object();
        webhooks.register(new Webhook(id, url, Map.of(), login(authentication)));
        ObjectNode kept = Json.object();
        kept.put("id", id).put("organization_id", organizationId).put("type_id", "webhook-http");
        kept.set("authentication", authentication);
        kept.set("properties", body.get("properties"));
        integrations.put(id, kept);
        return Reply.json(status, withoutSecret(kept));
    }

    /** Event types, flattening and headers are set in the Console; their names in the API are not published. */
    private void checkFields(JsonNode body) {
        if (!body.path("type_id").asText().equals("webhook-http")) {
            throw DidomiError.badRequest(
                    "Unknown integration type '" + body.path("type_id").asText() + "'");
        } else if (!body.path("organization_id").asText(organizationId).equals(organizationId)) {
            throw new DidomiError(403, "The integration belongs to another organization");
        }
        refuseUnknown(body, FIELDS);
        refuseUnknown(body.path("properties"), Set.of("url"));
        refuseUnknown(body.path("authentication"), Set.of("url", "client_id", "client_secret"));
    }

    private static void refuseUnknown(JsonNode object, Set<String> known) {
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw DidomiError.badRequest("Unknown field '" + name + "' of the integration");
            }
        });
    }

    private ObjectNode get(String id) {
        ObjectNode found = integrations.get(id);
        if (found == null) {
            throw DidomiError.notFound("Integration");
        }
        return found;
    }

    private static ObjectNode withoutSecret(ObjectNode integration) {
        ObjectNode shown = integration.deepCopy();
        ((ObjectNode) shown.get("authentication")).remove("client_secret");
        return shown;
    }

    private static Optional<Webhook.Login> login(JsonNode authentication) {
        if (!authentication.isObject()) {
            throw DidomiError.badRequest("'authentication' must be an object");
        } else if (authentication.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Webhook.Login(
                uri(authentication.path("url"), "authentication.url"),
                required(authentication, "client_id"),
                required(authentication, "client_secret")));
    }

    private static String required(JsonNode authentication, String name) {
        return NewEvent.text(authentication, "/" + name)
                .orElseThrow(() -> DidomiError.badRequest("'authentication." + name + "' is required"));
    }

    private static URI uri(JsonNode value, String name) {
        try {
            URI uri = URI.create(value.asText());
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Reported below, like a URL without a host.
        }
        throw DidomiError.badRequest("'" + name + "' must be a URL");
    }
}
