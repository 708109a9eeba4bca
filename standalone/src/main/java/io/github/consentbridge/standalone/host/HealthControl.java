package io.github.consentbridge.standalone.host;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.consentbridge.connectors.http.Secret;
import java.io.IOException;
import java.util.Optional;

/** Answers {@code /health} to other commands, whatever the public port is; everything else goes to {@link Control}. */
record HealthControl(Secret key, HttpHandler health, HttpHandler others) implements HttpHandler {
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String presented = Optional.ofNullable(exchange.getRequestHeaders().getFirst(ControlFile.HEADER))
                .orElse("");
        boolean asked = exchange.getRequestURI().getPath().equals("/health") && key.matches(presented);
        (asked ? health : others).handle(exchange);
    }
}
