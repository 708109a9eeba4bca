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
import org.jspecify.annotations.Nullable;

/**
 * Reads users and posts consent events of one Didomi organisation. Safe for use by several threads; keep one per
 * process, it holds the session token. Every method throws {@link DidomiException} when no trustworthy answer was had.
 *
 * @see <a href="https://developers.didomi.io/api-and-platform/consents">Consents API</a>
 */
public final class DidomiClient {
    private final DidomiApi api;

    private record Page(List<JsonNode> elements, @Nullable String cursor) {}

    /** A client that has sent nothing yet. */
    public DidomiClient(DidomiAccess access, RemoteSettings settings) {
        api = new DidomiApi(access, settings);
    }

    /**
     * All Didomi users with this organization user id, as they stand under one regulation. Safe to repeat.
     *
     * @return empty when Didomi knows nobody by this id
     */
    public List<DidomiUser> users(String organizationUserId, String regulation) {
        Map<String, String> query = Map.of("organization_user_id", organizationUserId, "regulation", regulation);
        return allPages("/consents/users", query).stream().map(DidomiJson::user).toList();
    }

    /**
     * One page of all users under one regulation, at most 100, in no order that is promised. Safe to repeat. Pages are
     * followed one by one, so that what the caller keeps in memory is one page; a cursor that came before means that they
     * lead in a circle.
     *
     * @param cursor empty for the first page, then {@link UsersPage#nextCursor()}
     * @throws DidomiException also with status 400, when Didomi no longer takes the cursor
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
     * Posts events, at most 100 per request; a refused array is halved until the bad event is alone. Never throws for
     * a remote failure. Safe to repeat: an event that Didomi has already counts as posted.
     *
     * @param silenceIntegrations send {@code $disable_integrations=true}: no integration of the organisation hears of them
     * @return one result per event, in the same order
     */
    public List<EventResult> postEvents(List<DidomiEvent> events, boolean silenceIntegrations) {
        return new EventPoster(api, event -> event(event.id(), event.organizationUserId()), silenceIntegrations)
                .post(events);
    }

    /** One event as JSON, or empty when the person has none by this id. Safe to repeat. */
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
     * The ids by which consents may name the organisation's purposes. Safe to repeat.
     *
     * @return empty when none is defined, or when they are not told
     */
    public Set<String> purposes() {
        Set<String> ids = new LinkedHashSet<>();
        for (JsonNode purpose : DidomiList.all(api, "/metadata/purposes")) {
            ids.add(purpose.path("id").asText());
            purpose.path("namespaces").forEach(id -> ids.add(id.asText()));
        }
        return ids;
    }

    /** The organisation's webhook integrations, with the same session and limits. */
    public DidomiIntegrations integrations() {
        return new DidomiIntegrations(api);
    }

    /** HTTP requests sent by this client so far, repeats and sessions included. */
    public long requests() {
        return api.requests();
    }

    private List<JsonNode> allPages(String path, Map<String, String> query) {
        List<JsonNode> elements = new ArrayList<>();
        Set<String> followed = new HashSet<>();
        Page page = page(path, query);
        elements.addAll(page.elements());
        while (page.cursor() != null) {
            if (!followed.add(page.cursor())) {
                throw repeatedCursor();
            }
            Map<String, String> next = new LinkedHashMap<>(query);
            next.put("$cursor", page.cursor());
            page = page(path, next);
            elements.addAll(page.elements());
        }
        return elements;
    }

    private static DidomiException repeatedCursor() {
        return new DidomiException(
                RemoteFailure.withoutAnswer(RemoteException.Kind.UNAVAILABLE, "repeated_cursor"),
                "Didomi's pages lead in a circle");
    }

    private Page page(String path, Map<String, String> query) {
        return api.get(path, query, response -> new Page(DidomiJson.data(response), DidomiJson.cursor(response)));
    }
}
