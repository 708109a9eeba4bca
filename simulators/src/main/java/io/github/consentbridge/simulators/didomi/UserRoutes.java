package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /consents/users}. */
final class UserRoutes {
    private static final int PAGE = 100;
    private static final Pattern CURSOR = Pattern.compile("c([0-9]{1,9})-([0-9]{1,9})");

    private final DidomiStore store;
    private final String organizationId;
    private volatile int cursorGeneration;

    UserRoutes(DidomiStore store, String organizationId) {
        this.store = store;
        this.organizationId = organizationId;
    }

    /** Expires all cursors issued so far. */
    synchronized void expireCursors() {
        cursorGeneration++;
    }

    Reply find(Parameters query) {
        query.allow("organization_id", "organization_user_id", "regulation", "$cursor", "$include_full_tree");
        String regulation = query.all("regulation", "gdpr").get(0);
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        answer.put("limit", PAGE);
        synchronized (store) {
            Optional<String> key = query.one("organization_user_id");
            if (key.isPresent()) {
                store.usersOf(key.get()).forEach(user -> data.add(user.json(organizationId, regulation)));
                answer.putNull("cursor");
            } else {
                List<Map.Entry<Integer, DidomiUser>> page = store.page(position(query), PAGE + 1);
                page.stream()
                        .limit(PAGE)
                        .forEach(entry -> data.add(entry.getValue().json(organizationId, regulation)));
                answer.put(
                        "cursor", page.size() > PAGE ? cursor(page.get(PAGE - 1).getKey()) : null);
            }
        }
        return Reply.json(200, answer);
    }

    Reply read(String id, Parameters query) {
        query.allow("organization_id", "regulation", "$by_organization_user_id", "$include_full_tree");
        synchronized (store) {
            DidomiUser user = addressed(id, query).get(0);
            return Reply.json(
                    200,
                    user.json(organizationId, query.all("regulation", "gdpr").get(0)));
        }
    }

    Reply create(JsonNode body, Parameters query) {
        query.allow("organization_id", "$disable_integrations");
        synchronized (store) {
            Optional<String> id = NewEvent.text(body, "/id");
            if (id.flatMap(store::user).isPresent()) {
                throw new DidomiError(409, "A user with this id already exists");
            }
            DidomiUser user = store.addUser(
                    id,
                    NewEvent.text(body, "/organization_user_id"),
                    NewEvent.userDetails(body),
                    query.flag("$disable_integrations"));
            return Reply.json(201, user.json(organizationId, "gdpr"));
        }
    }

    Reply change(String id, JsonNode body, Parameters query) {
        query.allow("organization_id", "$by_organization_user_id");
        synchronized (store) {
            DidomiUser user = addressed(id, query).get(0);
            if (body.has("version") && body.get("version").asInt(-1) != user.version()) {
                throw new DidomiError(409, "The user has version " + user.version());
            }
            store.changeUser(user, NewEvent.text(body, "/organization_user_id"), NewEvent.userDetails(body));
            return Reply.json(200, user.json(organizationId, "gdpr"));
        }
    }

    /** By organization user id it deletes every user with that id and returns the last changed one. */
    Reply delete(String id, Parameters query) {
        query.allow("organization_id", "$by_organization_user_id");
        synchronized (store) {
            List<DidomiUser> users = addressed(id, query);
            ObjectNode answer = users.get(0).json(organizationId, "gdpr");
            users.forEach(store::remove);
            return Reply.json(200, answer);
        }
    }

    private List<DidomiUser> addressed(String id, Parameters query) {
        List<DidomiUser> users = query.flag("$by_organization_user_id")
                ? store.usersOf(id)
                : store.user(id).stream().toList();
        if (users.isEmpty()) {
            throw DidomiError.notFound("User");
        }
        return users;
    }

    private String cursor(int position) {
        return "c" + cursorGeneration + "-" + position;
    }

    private int position(Parameters query) {
        Optional<String> cursor = query.one("$cursor");
        if (cursor.isEmpty()) {
            return 0;
        }
        Matcher parts = CURSOR.matcher(cursor.get());
        if (!parts.matches() || Integer.parseInt(parts.group(1)) != cursorGeneration) {
            throw DidomiError.badRequest("Invalid cursor");
        }
        return Integer.parseInt(parts.group(2));
    }
}
