package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Reply;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.simulators.http.Service;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** Finds the route of a request to the Platform API and checks token, organization and rate limit. */
final class DidomiRoutes implements Service {
    static final String EVENTS = "/consents/events";
    static final String USERS = "/consents/users";
    static final String INTEGRATIONS = "/marketplace/integrations";

    private final Sessions sessions;
    private final RateLimit rateLimit;
    private final EventRoutes events;
    private final UserRoutes users;
    private final IntegrationRoutes integrations;
    private final KnownIds known;
    private final String organizationId;

    DidomiRoutes(
            Sessions sessions,
            RateLimit rateLimit,
            EventRoutes events,
            UserRoutes users,
            IntegrationRoutes integrations,
            KnownIds known,
            String organizationId) {
        this.sessions = sessions;
        this.rateLimit = rateLimit;
        this.events = events;
        this.users = users;
        this.integrations = integrations;
        this.known = known;
        this.organizationId = organizationId;
    }

    @Override
    public RouteKind kind(Call call) {
        String path = call.rawPath();
        boolean read = call.is("GET");
        if (path.equals("/sessions")) {
            return RouteKind.SESSION;
        } else if (path.equals(EVENTS) && call.is("POST")) {
            return RouteKind.POST_EVENTS;
        } else if (under(path, EVENTS)) {
            return read ? RouteKind.READ_EVENTS : RouteKind.CHANGE_EVENT;
        } else if (under(path, USERS)) {
            return read ? RouteKind.READ_USERS : RouteKind.CHANGE_USER;
        } else if (under(path, INTEGRATIONS)) {
            return RouteKind.INTEGRATIONS;
        }
        return switch (path) {
            case "/metadata/purposes" -> RouteKind.PURPOSES;
            case "/preferences" -> RouteKind.PREFERENCES;
            case "/config-trees" -> RouteKind.CONFIGURATION_TREE;
            default -> RouteKind.UNKNOWN;
        };
    }

    @Override
    public Reply answer(Call call) {
        try {
            boolean limited = !call.rawPath().startsWith("/consents/")
                    || (kind(call) == RouteKind.READ_USERS
                            && Parameters.of(call).flag("$include_full_tree"));
            return limited ? rateLimit.limit(() -> checked(call)) : checked(call);
        } catch (IllegalArgumentException e) {
            return DidomiError.reply(400, "Malformed query string");
        }
    }

    @Override
    public Reply error(int status) {
        return DidomiError.reply(
                status, status == 429 ? "Too many requests, please try again later." : "Unexpected error");
    }

    private Reply checked(Call call) {
        try {
            return route(call, kind(call));
        } catch (DidomiError e) {
            return e.reply();
        }
    }

    private Reply route(Call call, RouteKind kind) {
        if (kind == RouteKind.SESSION) {
            allow(call, "POST");
            return sessions.create(body(call));
        }
        sessions.check(call);
        Parameters query = Parameters.of(call);
        if (kind == RouteKind.UNKNOWN) {
            throw DidomiError.notFound("Page");
        }
        checkOrganization(query);
        return switch (kind) {
            case POST_EVENTS -> events.create(body(call), query);
            case READ_EVENTS, CHANGE_EVENT -> event(call, query);
            case READ_USERS, CHANGE_USER -> user(call, query);
            case INTEGRATIONS -> integration(call);
            case PREFERENCES -> list(call, known.preferenceList(organizationId));
            case CONFIGURATION_TREE -> list(call, known.trees(organizationId));
            default -> list(call, known.purposeList(organizationId));
        };
    }

    private Reply event(Call call, Parameters query) {
        Optional<String> id = id(call, EVENTS);
        if (id.isEmpty()) {
            allow(call, "GET", "DELETE");
            return call.is("GET") ? events.find(query) : events.deleteMatching(query);
        }
        allow(call, "GET", "PATCH", "DELETE");
        return switch (call.method()) {
            case "GET" -> events.read(id.get(), query);
            case "PATCH" -> events.change(id.get(), body(call), query);
            default -> events.delete(id.get(), query);
        };
    }

    private Reply user(Call call, Parameters query) {
        Optional<String> id = id(call, USERS);
        if (id.isEmpty()) {
            allow(call, "GET", "POST");
            return call.is("GET") ? users.find(query) : users.create(body(call), query);
        }
        allow(call, "GET", "PATCH", "DELETE");
        return switch (call.method()) {
            case "GET" -> users.read(id.get(), query);
            case "PATCH" -> users.change(id.get(), body(call), query);
            default -> users.delete(id.get(), query);
        };
    }

    private Reply integration(Call call) {
        Optional<String> id = id(call, INTEGRATIONS);
        if (id.isEmpty()) {
            allow(call, "GET", "POST");
            return call.is("GET") ? integrations.find() : integrations.create(body(call));
        }
        allow(call, "GET", "PATCH", "DELETE");
        return switch (call.method()) {
            case "GET" -> integrations.read(id.get());
            case "PATCH" -> integrations.change(id.get(), body(call));
            default -> integrations.delete(id.get());
        };
    }

    private Reply list(Call call, JsonNode answer) {
        allow(call, "GET");
        return Reply.json(200, answer);
    }

    private void checkOrganization(Parameters query) {
        String organization =
                query.one("organization_id").orElseThrow(() -> DidomiError.badRequest("'organization_id' is required"));
        if (!organization.equals(organizationId)) {
            throw new DidomiError(403, "The API key does not belong to organization '" + organization + "'");
        }
    }

    private static JsonNode body(Call call) {
        String type = call.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/json")) {
            throw DidomiError.badRequest("Content-Type must be application/json");
        }
        try {
            return Json.parse(call.body());
        } catch (IOException e) {
            throw DidomiError.badRequest("The body is not JSON");
        }
    }

    private static void allow(Call call, String... methods) {
        for (String method : methods) {
            if (call.is(method)) {
                return;
            }
        }
        throw new DidomiError(405, "Method " + call.method() + " is not supported by this endpoint");
    }

    private static boolean under(String path, String route) {
        return path.equals(route) || path.startsWith(route + "/");
    }

    private static Optional<String> id(Call call, String route) {
        String rest = call.rawPath().substring(route.length());
        // In a path a plus sign is literal.
        return rest.length() < 2
                ? Optional.empty()
                : Optional.of(Call.decode(rest.substring(1).replace("+", "%2B")));
    }
}
