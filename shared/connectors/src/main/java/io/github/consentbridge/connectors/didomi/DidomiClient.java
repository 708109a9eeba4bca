package io.github.consentbridge.connectors.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.http.PercentEncoding;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteFailure;
import io.github.consentbridge.connectors.http.RemoteSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads users and posts consent events of one Didomi organisation. Safe for use by several threads; keep one per
 * process, because it caches the session token. Every method throws {@link DidomiException} if it gets no trustworthy
 * answer.
 *
 * @see <a href="https://developers.didomi.io/api-and-platform/consents">Consents API</a>
 */
public final class DidomiClient {
    private final DidomiApi api;

    private record Page(List<JsonNode> elements, @Nullable String cursor) {}

    /** Creates a client; sends nothing yet. */
    public DidomiClient(DidomiAccess access, RemoteSettings settings) {
        api = new DidomiApi(access, settings);
    }

    /** The organization that every request names. */
    public String organizationId() {
        return api.organizationId();
    }

    /**
     * All Didomi users with this organization user id, in their present state under one regulation. Safe to repeat.
     *
     * @return empty if Didomi has no user with this id
     */
    public List<DidomiUser> users(String organizationUserId, String regulation) {
        Map<String, String> query = Map.of("organization_user_id", organizationUserId, "regulation", regulation);
        return allPages("/consents/users", query).stream().map(DidomiJson::user).toList();
    }

    /**
     * One page of at most 100 of all users under one regulation, in no guaranteed order. Safe to repeat. The caller
     * follows the pages, so that it needs to keep only one in memory. A repeated cursor means that the pages form a
     * loop.
     *
     * @param cursor empty for the first page, then {@link UsersPage#nextCursor()}
     * @throws DidomiException also with status 400, if Didomi no longer accepts the cursor
     * @see <a href="https://developers.didomi.io/api-and-platform/consents/users/query-user">Query users</a>
     */
    public UsersPage usersPage(String regulation, String cursor) {
        Map<String, String> query = new LinkedHashMap<>(Map.of("regulation", regulation));
        if (!cursor.isEmpty()) {
            query.put("$cursor", cursor);
        }
        Page page = page("/consents/users", query);
        if (cursor.equals(page.cursor())) {
            throw repeatedCursor();
        }
        return new UsersPage(page.elements().stream().map(DidomiJson::user).toList(), page.cursor());
    }

    /**
     * Posts events, at most 100 per request. An array that is refused or fails is halved until the bad event is alone. Never throws for a
     * remote failure. Safe to repeat: an event that Didomi already has counts as posted.
     *
     * @param silenceIntegrations send {@code $disable_integrations=true}, so that the events trigger no integrations
     * @return one result per event, in the same order
     */
    public List<EventResult> postEvents(List<DidomiEvent> events, boolean silenceIntegrations) {
        return new EventPoster(api, event -> event(event.id(), event.organizationUserId()), silenceIntegrations)
                .post(events);
    }

    /** One event as JSON; empty if the person has none with this id. Safe to repeat. */
    public Optional<String> event(String id, String organizationUserId) {
        String path = "/consents/events/" + PercentEncoding.encode(id);
        return api.get(path, Map.of("organization_user_id", organizationUserId), response -> {
            if (response.status() == 404) {
                return Optional.empty();
            }
            return Optional.of(DidomiJson.object(response).toString());
        });
    }

    /** The confirmed events of one person under one regulation, as JSON objects in Didomi's order. Safe to repeat. */
    public List<String> events(String organizationUserId, String regulation) {
        Map<String, String> query = Map.of("organization_user_id", organizationUserId, "regulation", regulation);
        return allPages("/consents/events", query).stream()
                .map(JsonNode::toString)
                .toList();
    }

    /**
     * The ids with which consents may name the organisation's purposes. Safe to repeat.
     *
     * @return empty if none is defined or Didomi lists none
     */
    public Set<String> purposes() {
        Set<String> ids = new LinkedHashSet<>();
        for (JsonNode purpose : DidomiList.all(api, "/metadata/purposes")) {
            ids.add(purpose.path("id").asText());
            purpose.path("namespaces").forEach(id -> ids.add(id.asText()));
        }
        return ids;
    }

    /**
     * The ids of the organisation's preferences. Safe to repeat.
     *
     * @return empty if none is defined, or Didomi lists none for this organisation (404)
     * @see <a href="https://developers.didomi.io/api-and-platform/widgets/preferences">Preferences</a>
     */
    public Set<String> preferences() {
        try {
            return DidomiList.all(api, "/preferences").stream()
                    .map(preference -> preference.path("id").asText())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        } catch (DidomiException e) {
            if (e.status() == 404) {
                return Set.of();
            }
            throw e;
        }
    }

    /**
     * The organisation's purposes and preferences with their names, in three requests or more. Without the right to read
     * preferences there are none. Safe to repeat.
     */
    public DidomiCatalog catalog() {
        return new CatalogReader(api).read();
    }

    /** Harmless requests that show whether Didomi answers. */
    public DidomiProbe probe() {
        return new DidomiProbe(api);
    }

    /** The organisation's webhook integrations, using the same session and limits. */
    public DidomiIntegrations integrations() {
        return new DidomiIntegrations(api);
    }

    /** Ends the pause that a throttling answer caused; the next request is sent at once. */
    public void endPause() {
        api.endPause();
    }

    /** The number of HTTP requests this client has sent, including repeats and sessions. */
    public long requests() {
        return api.requests();
    }

    private List<JsonNode> allPages(String path, Map<String, String> query) {
        List<JsonNode> elements = new ArrayList<>();
        Set<String> followed = new HashSet<>();
        Map<String, String> next = new LinkedHashMap<>(query);
        while (true) {
            Page page = page(path, next);
            elements.addAll(page.elements());
            if (page.cursor() == null) {
                return elements;
            }
            if (!followed.add(page.cursor())) {
                throw repeatedCursor();
            }
            next.put("$cursor", page.cursor());
        }
    }

    private static DidomiException repeatedCursor() {
        return new DidomiException(
                RemoteFailure.withoutAnswer(RemoteException.Kind.UNAVAILABLE, "repeated_cursor"),
                "Didomi repeated a cursor: its pages form a loop");
    }

    private Page page(String path, Map<String, String> query) {
        return api.get(path, query, response -> new Page(DidomiJson.data(response), DidomiJson.cursor(response)));
    }
}
