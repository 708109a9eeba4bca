package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** {@code /consents/events}. */
final class EventRoutes {
    private static final int MAX_EVENTS = 100;

    private final DidomiStore store;
    private final KnownIds known;
    private final DidomiCounters counters;
    private final String organizationId;

    EventRoutes(DidomiStore store, KnownIds known, DidomiCounters counters, String organizationId) {
        this.store = store;
        this.known = known;
        this.counters = counters;
        this.organizationId = organizationId;
    }

    /** Stores all events of an array or none; the real system's handling of an invalid element is not documented. */
    Reply create(JsonNode body, Parameters query) {
        query.allow("organization_id", "$disable_integrations", "$generate_tcfcs");
        List<NewEvent> events = new ArrayList<>();
        if (body.isArray()) {
            if (body.isEmpty() || body.size() > MAX_EVENTS) {
                throw DidomiError.badRequest("An array of 1 to " + MAX_EVENTS + " events is expected");
            }
            body.forEach(element -> events.add(NewEvent.parse(element, organizationId, known)));
        } else {
            events.add(NewEvent.parse(body, organizationId, known));
        }
        ArrayNode created = Json.array();
        synchronized (store) {
            refuseKnownIds(events);
            for (NewEvent event : events) {
                DidomiUser user = store.add(event, query.flag("$disable_integrations"));
                List<DidomiEvent> all = user.events();
                created.add(all.get(all.size() - 1).json(user, organizationId));
                counters.created(user.organizationUserId());
            }
        }
        return Reply.json(200, body.isArray() ? created : created.get(0));
    }

    Reply find(Parameters query) {
        query.allow("organization_id", "organization_user_id", "user_id", "status", "regulation");
        List<String> statuses = query.all("status", DidomiEvent.CONFIRMED);
        List<String> regulations = query.all("regulation", "gdpr");
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        synchronized (store) {
            for (DidomiUser user : owners(query)) {
                user.events().stream()
                        .filter(event -> statuses.contains(event.status()))
                        .filter(event -> regulations.contains(event.regulation()))
                        .forEach(event -> data.add(event.json(user, organizationId)));
            }
        }
        return Reply.json(200, answer);
    }

    Reply read(String id, Parameters query) {
        query.allow("organization_id", "organization_user_id", "user_id");
        synchronized (store) {
            Found found = get(id, query);
            return Reply.json(200, found.event().json(found.user(), organizationId));
        }
    }

    Reply change(String id, JsonNode body, Parameters query) {
        query.allow("organization_id", "organization_user_id", "user_id");
        body.fieldNames().forEachRemaining(name -> {
            if (!Set.of("status", "consents", "proofs", "proofs_id", "delegate").contains(name)) {
                throw DidomiError.badRequest("Field '" + name + "' of an event cannot be changed");
            }
        });
        synchronized (store) {
            Found found = get(id, query);
            DidomiEvent after = changed(found.event(), body);
            store.replace(found.user(), found.event(), after);
            return Reply.json(200, after.json(found.user(), organizationId));
        }
    }

    private DidomiEvent changed(DidomiEvent before, JsonNode body) {
        if (body.has("consents")) {
            known.check(body.get("consents"));
        }
        ObjectNode details = before.details().deepCopy();
        details.setAll(NewEvent.only(body, List.of("delegate", "proofs_id")));
        return new DidomiEvent(
                before.id(),
                before.createdAt(),
                store.now(),
                body.has("status") ? NewEvent.status(body) : before.status(),
                before.regulation(),
                body.has("consents") ? body.get("consents") : before.consents(),
                details);
    }

    Reply delete(String id, Parameters query) {
        query.allow("organization_id", "organization_user_id", "user_id");
        synchronized (store) {
            Found found = get(id, query);
            store.removeEvents(found.user(), found.event()::equals);
            return Reply.empty(204);
        }
    }

    /** Deletes the events that match; at least one filter on a property is needed. */
    Reply deleteMatching(Parameters query) {
        List<String> filters = query.names().stream()
                .filter(name -> !Set.of("organization_id", "organization_user_id", "user_id")
                        .contains(name))
                .toList();
        if (filters.isEmpty()) {
            throw DidomiError.badRequest("At least one filter is required");
        }
        synchronized (store) {
            for (DidomiUser user : owners(query)) {
                Predicate<DidomiEvent> matches = event -> {
                    JsonNode json = event.json(user, organizationId);
                    return filters.stream()
                            .allMatch(name -> query.all(name, "")
                                    .contains(json.at("/" + name.replace('.', '/'))
                                            .asText()));
                };
                store.removeEvents(user, matches);
            }
        }
        return Reply.empty(204);
    }

    private record Found(DidomiUser user, DidomiEvent event) {}

    private Found get(String id, Parameters query) {
        for (DidomiUser user : owners(query)) {
            if (user.event(id).isPresent()) {
                return new Found(user, user.event(id).get());
            }
        }
        throw DidomiError.notFound("Event");
    }

    private List<DidomiUser> owners(Parameters query) {
        if (query.one("organization_user_id").isPresent()) {
            return store.usersOf(query.one("organization_user_id").get());
        } else if (query.one("user_id").isPresent()) {
            return store.user(query.one("user_id").get()).stream().toList();
        }
        throw DidomiError.badRequest("'user_id' or 'organization_user_id' is required");
    }

    private void refuseKnownIds(List<NewEvent> events) {
        Set<String> seen = new HashSet<>();
        for (NewEvent event : events) {
            event.eventId().ifPresent(id -> {
                if (store.hasEvent(id) || !seen.add(id)) {
                    throw new DidomiError(409, "An event with id '" + id + "' already exists");
                }
            });
        }
    }
}
