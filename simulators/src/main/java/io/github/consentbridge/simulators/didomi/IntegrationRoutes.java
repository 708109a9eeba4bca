package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Ids;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Reply;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /marketplace/integrations} for {@code webhook-http}. Only POST is documented; the rest follows the conventions of
 * the API. Secrets are not handed back.
 */
final class IntegrationRoutes {
    private final DeliveryQueue queue;
    private final Ids ids;
    private final String organizationId;
    private final Map<String, ObjectNode> integrations = new LinkedHashMap<>();

    IntegrationRoutes(DeliveryQueue queue, Ids ids, String organizationId) {
        this.queue = queue;
        this.ids = ids;
        this.organizationId = organizationId;
    }

    synchronized Reply find() {
        ObjectNode answer = Json.object();
        answer.put("total", integrations.size()).put("limit", 100).put("skip", 0);
        integrations.values().forEach(answer.putArray("data")::add);
        return Reply.json(200, answer);
    }

    synchronized Reply create(JsonNode body) {
        if (!body.path("type_id").asText().equals("webhook-http")) {
            throw DidomiError.badRequest(
                    "Unknown integration type '" + body.path("type_id").asText() + "'");
        }
        return store(ids.next().toString(), body, 201);
    }

    synchronized Reply read(String id) {
        return Reply.json(200, get(id));
    }

    synchronized Reply change(String id, JsonNode body) {
        ObjectNode merged = get(id).deepCopy();
        body.properties().forEach(property -> merged.set(property.getKey(), property.getValue()));
        if (!body.has("authentication") && !get(id).path("authentication").isEmpty()) {
            throw DidomiError.badRequest("'authentication' is required when an integration has one");
        }
        return store(id, merged, 200);
    }

    synchronized Reply delete(String id) {
        ObjectNode gone = get(id);
        integrations.remove(id);
        queue.unregister(id);
        return Reply.json(200, gone);
    }

    private Reply store(String id, JsonNode body, int status) {
        URI url = uri(body.at("/properties/url"), "properties.url");
        Optional<Webhook.Login> login = login(body.path("authentication"));
        ObjectNode kept = Json.object();
        kept.put("id", id);
        kept.put("organization_id", organizationId);
        kept.put("type_id", "webhook-http");
        ObjectNode authentication = kept.putObject("authentication");
        login.ifPresent(
                given -> authentication.put("url", given.url().toString()).put("client_id", given.clientId()));
        kept.putObject("properties").put("url", url.toString());
        integrations.put(id, kept);
        queue.register(new Webhook(id, url, Map.of(), login));
        return Reply.json(status, kept);
    }

    private ObjectNode get(String id) {
        ObjectNode found = integrations.get(id);
        if (found == null) {
            throw DidomiError.notFound("Integration");
        }
        return found;
    }

    private static Optional<Webhook.Login> login(JsonNode authentication) {
        if (authentication.isMissingNode() || authentication.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Webhook.Login(
                uri(authentication.path("url"), "authentication.url"),
                NewEvent.text(authentication, "/client_id")
                        .orElseThrow(() -> DidomiError.badRequest("'authentication.client_id' is required")),
                NewEvent.text(authentication, "/client_secret")
                        .orElseThrow(() -> DidomiError.badRequest("'authentication.client_secret' is required"))));
    }

    private static URI uri(JsonNode value, String name) {
        try {
            URI uri = URI.create(value.asText());
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Told below, like a URL without a host.
        }
        throw DidomiError.badRequest("'" + name + "' must be a URL");
    }
}
