package io.github.consentbridge.sync.intake;

import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.storage.StorageException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The paths that one side calls. Checks path, method and source address before anything else, and answers every failure on
 * our side with 503, which both senders retry. Safe for use by several threads.
 */
public final class WebhookEndpoint {
    private final RequestLog log;
    private final Map<String, Route> routes;
    private final Predicate<String> allowed;

    /**
     * @param routes by their paths, without a stage or base path
     * @param allowed whether this IP address may call; it is empty if the host does not know it
     */
    WebhookEndpoint(RequestLog log, Map<String, Route> routes, Predicate<String> allowed) {
        this.log = log;
        this.routes = Map.copyOf(routes);
        this.allowed = allowed;
    }

    /** Answers a request; never throws. */
    public WebhookReply answer(WebhookRequest request) {
        try {
            return reply(request);
        } catch (StorageException e) {
            return WebhookReply.of(log.failed("delivery not stored", e));
        } catch (CredentialsException e) {
            return WebhookReply.of(log.failed("credentials", e));
        } catch (RuntimeException e) {
            // The one broad catch: Dataverse does not retry a 500.
            return WebhookReply.of(log.failed("webhook failed", e));
        } finally {
            log.flush();
        }
    }

    private WebhookReply reply(WebhookRequest request) {
        Optional<Route> route = route(request.path());
        if (route.isEmpty()) {
            return WebhookReply.of(Answer.UNKNOWN_PATH);
        }
        if (!request.method().equals("POST")) {
            return WebhookReply.of(Answer.WRONG_METHOD).with("allow", "POST");
        }
        if (!allowed.test(request.sourceAddress())) {
            return WebhookReply.of(log.refused(Answer.FOREIGN_ADDRESS));
        }
        return route.get().answer(request);
    }

    /** Whether this path, as it was sent, is one of a route. A stage or a proxy's base path may stand in front of it. */
    public boolean serves(String path) {
        return route(path).isPresent();
    }

    /** Routes begin with a slash and none is the end of another, so that at most one matches, by whole segments. */
    private Optional<Route> route(String path) {
        return routes.entrySet().stream()
                .filter(route -> path.endsWith(route.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
