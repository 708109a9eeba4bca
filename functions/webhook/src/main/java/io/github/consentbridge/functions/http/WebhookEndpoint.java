package io.github.consentbridge.functions.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.storage.StorageException;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that one side calls: checks path, method and source address before anything else, and turns whatever goes
 * wrong on our side into a 503, which is sent again. Safe for use by several threads.
 */
public final class WebhookEndpoint {
    private final Map<String, Route> routes;
    private final Predicate<String> allowed;
    private final RequestLog log;

    /** An endpoint that may be called from anywhere. */
    public WebhookEndpoint(RequestLog log, Map<String, Route> routes) {
        this(log, routes, address -> true);
    }

    /**
     * An endpoint that may be called from some addresses only.
     *
     * @param routes by their exact paths
     * @param allowed whether this IP address may call; it is empty where the host does not tell it
     */
    public WebhookEndpoint(RequestLog log, Map<String, Route> routes, Predicate<String> allowed) {
        this.log = log;
        this.routes = Map.copyOf(routes);
        this.allowed = allowed;
    }

    /** Answers a request; never throws. */
    public APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent request) {
        return safely(request).response();
    }

    private HttpReply safely(APIGatewayV2HTTPEvent request) {
        try {
            return reply(request);
        } catch (StorageException e) {
            return HttpReply.of(log.failed("delivery not stored", e));
        } catch (CredentialsException e) {
            return HttpReply.of(log.failed("credentials", e));
        } catch (RuntimeException e) {
            // The one broad catch: a 500 would be our own fault told to somebody who can only send it again.
            return HttpReply.of(log.failed("webhook failed", e));
        }
    }

    private HttpReply reply(APIGatewayV2HTTPEvent request) {
        @Nullable String path = request.getRawPath();
        @Nullable Route route = path == null ? null : routes.get(path);
        if (route == null) {
            return HttpReply.of(Answer.UNKNOWN_PATH);
        }
        RequestContext.@Nullable Http http = http(request);
        if (http == null || !"POST".equals(http.getMethod())) {
            return HttpReply.of(Answer.WRONG_METHOD).with("allow", "POST");
        }
        if (!allowed.test(http.getSourceIp() == null ? "" : http.getSourceIp())) {
            return HttpReply.of(log.refused(Answer.FOREIGN_ADDRESS));
        }
        return route.answer(request, new Headers(request.getHeaders()));
    }

    private static RequestContext.@Nullable Http http(APIGatewayV2HTTPEvent request) {
        @Nullable RequestContext context = request.getRequestContext();
        return context == null ? null : context.getHttp();
    }
}
