package io.github.consentbridge.standalone.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.consentbridge.sync.intake.Answer;
import io.github.consentbridge.sync.intake.WebhookEndpoint;
import io.github.consentbridge.sync.intake.WebhookReply;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Hands each request to the endpoint that answers its path. */
public final class HttpRoutes implements HttpHandler {
    private static final String NO_ROOM =
            "{\"status\":\"unavailable\",\"reason\":\"too many large requests, send it again\"}";
    private static final String WRONG_METHOD = "{\"status\":\"refused\",\"reason\":\"only GET is answered here\"}";

    private final RequestReader reader;
    private final List<WebhookEndpoint> webhooks;
    private final HttpHandler health;

    /** @param health answers {@code GET /health} */
    public HttpRoutes(RequestReader reader, WebhookEndpoint didomi, WebhookEndpoint dynamics, HttpHandler health) {
        this.reader = reader;
        this.webhooks = List.of(didomi, dynamics);
        this.health = health;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        Optional<WebhookEndpoint> webhook =
                webhooks.stream().filter(one -> one.serves(path)).findFirst();
        if (webhook.isPresent()) {
            receive(webhook.get(), exchange);
        } else if (!path.equals("/health")) {
            answer(exchange, WebhookReply.of(Answer.UNKNOWN_PATH));
        } else if (exchange.getRequestMethod().equals("GET")) {
            health.handle(exchange);
        } else {
            WebServer.answer(exchange, 405, WRONG_METHOD);
        }
    }

    private void receive(WebhookEndpoint webhook, HttpExchange exchange) throws IOException {
        if (!reader.read(exchange, request -> answer(exchange, webhook.answer(request)))) {
            WebServer.answer(exchange, 503, NO_ROOM);
        }
    }

    private static void answer(HttpExchange exchange, WebhookReply reply) throws IOException {
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        WebServer.answer(exchange, reply.status(), reply.body());
    }
}
