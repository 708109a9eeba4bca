package io.github.consentbridge.standalone.http;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.consentbridge.functions.didomi.DidomiWebhookHandler;
import io.github.consentbridge.functions.dynamics.DynamicsWebhookHandler;
import io.github.consentbridge.standalone.host.Health;
import io.github.consentbridge.standalone.host.HostContext;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** Stands where API Gateway stands elsewhere: calls the functions' handlers with its event types. */
public final class Door implements HttpHandler {
    private static final Duration TIME = Duration.ofSeconds(29);
    private static final String NO_ROOM =
            "{\"status\":\"unavailable\",\"reason\":\"too many large requests, send it again\"}";
    private static final String UNKNOWN_PATH = "{\"status\":\"refused\",\"reason\":\"unknown path\"}";
    private static final String WRONG_METHOD = "{\"status\":\"refused\",\"reason\":\"only GET is answered here\"}";

    private final RequestReader reader;
    private final DidomiWebhookHandler didomi;
    private final DynamicsWebhookHandler dynamics;
    private final Health health;
    private final Clock clock;

    public Door(
            RequestReader reader,
            DidomiWebhookHandler didomi,
            DynamicsWebhookHandler dynamics,
            Health health,
            Clock clock) {
        this.reader = reader;
        this.didomi = didomi;
        this.dynamics = dynamics;
        this.health = health;
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case DidomiWebhookHandler.PATH, DidomiWebhookHandler.TOKEN_PATH -> call(didomi, exchange);
            case DynamicsWebhookHandler.PATH -> call(dynamics, exchange);
            case "/health" -> health(exchange);
            default -> WebServer.answer(exchange, 404, UNKNOWN_PATH);
        }
    }

    private void health(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            health.answer(exchange);
        } else {
            WebServer.answer(exchange, 405, WRONG_METHOD);
        }
    }

    private void call(RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> handler, HttpExchange exchange)
            throws IOException {
        boolean handled = reader.read(exchange, request -> {
            HostContext context = new HostContext("webhook", "", clock, TIME);
            APIGatewayV2HTTPResponse response = handler.handleRequest(request, context);
            response.getHeaders()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            WebServer.answer(exchange, response.getStatusCode(), response.getBody());
        });
        if (!handled) {
            WebServer.answer(exchange, 503, NO_ROOM);
        }
    }
}
