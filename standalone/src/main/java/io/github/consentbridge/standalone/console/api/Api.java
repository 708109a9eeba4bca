package io.github.consentbridge.standalone.console.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.reconciliation.ReconciliationUnderWayException;
import java.util.List;
import java.util.Optional;

/** Answers what the page asks. Safe for use by several threads. */
public final class Api {
    private final List<ApiRoute> routes;
    private final OutcomeLog outcomeLog;

    public Api(List<ApiRoute> routes, OutcomeLog outcomeLog) {
        this.routes = List.copyOf(routes);
        this.outcomeLog = outcomeLog;
    }

    public List<ApiRoute> routes() {
        return routes;
    }

    /** The methods that a path is asked with; empty if there is no such path. */
    public List<String> methods(String path) {
        return routes.stream()
                .filter(route -> route.match(path).isPresent())
                .map(ApiRoute::method)
                .toList();
    }

    /**
     * Answers a request to a path and with a method that {@link #methods} has. May block.
     *
     * @param request without the part of the path that names something
     */
    public WebhookReply answer(String method, String path, ApiRequest request) {
        for (ApiRoute route : routes) {
            Optional<String> id = route.method().equals(method) ? route.match(path) : Optional.empty();
            if (id.isPresent()) {
                return answer(route, new ApiRequest(id.get(), request.query(), request.body()));
            }
        }
        return error(404, "there is nothing at this address: reload the page");
    }

    private WebhookReply answer(ApiRoute route, ApiRequest request) {
        try {
            return route.handler().apply(request);
        } catch (ApiException e) {
            return error(e.status(), e.sentence());
        } catch (BridgeException e) {
            return error(status(e), e.sentence());
        } catch (RuntimeException e) {
            // The pattern of the path, as the path may name something.
            outcomeLog.fault("console request failed", e, LogFields.of("path", route.path()));
            return error(
                    500, "this failed for a reason that is not foreseen: look at the terminal that runs the console");
        }
    }

    private static int status(BridgeException failure) {
        if (failure instanceof ReconciliationUnderWayException || failure.exitCode() == ExitCode.BUSY) {
            return 409;
        }
        return failure instanceof RemoteException ? 502 : 503;
    }

    /** {@code {"error":"…"}}. */
    public static WebhookReply error(int status, String sentence) {
        return WebhookReply.json(
                status,
                JsonNodeFactory.instance.objectNode().put("error", sentence).toString());
    }
}
