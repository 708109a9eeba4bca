package io.github.consentbridge.functions.didomi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The handler with the published integration document, a queue in memory and a journal that is kept. */
final class WebhookClient {
    static final Path ROOT = Path.of("..", "..");

    static final Instant NOW = Instant.parse("2026-10-10T10:00:00Z");

    private static final Context CONTEXT = (Context) Proxy.newProxyInstance(
            WebhookClient.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    final StoredSecret secret = new StoredSecret();
    final List<Delivery> stored = new ArrayList<>();
    boolean queueIsDown;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    final JsonOutcomeLog outcomeLog;
    private final DidomiWebhookHandler handler;

    WebhookClient() {
        this(published(""));
    }

    WebhookClient(Integration integration) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        outcomeLog = new JsonOutcomeLog(new PrintStream(printed, true, UTF_8), Secret.of("a-log-key"), clock);
        handler = new DidomiWebhookHandler(integration, secret, new Queue(), outcomeLog, clock);
    }

    /**
     * The integration document of this repository.
     *
     * @param properties further properties, each followed by a comma
     */
    static Integration published(String properties) {
        try {
            String document = Files.readString(ROOT.resolve("config/integration.json"))
                    .replace("\"properties\": {", "\"properties\": {" + properties);
            return IntegrationReader.read(document.getBytes(UTF_8), IntegrationReader.Place.FILE);
        } catch (IOException e) {
            throw new IllegalStateException("the integration document cannot be read", e);
        }
    }

    private final class Queue implements DeliveryQueue {
        @Override
        public void send(List<Delivery> deliveries, Duration delay) {
            if (queueIsDown) {
                throw new StorageException("the queue is out of order", new IOException("simulated"));
            }
            stored.addAll(deliveries);
        }
    }

    APIGatewayV2HTTPResponse send(APIGatewayV2HTTPEvent request) {
        return handler.handleRequest(request, CONTEXT);
    }

    int status(APIGatewayV2HTTPEvent request) {
        return send(request).getStatusCode();
    }

    /** Everything that was printed since the start. */
    String log() {
        return printed.toString(UTF_8);
    }
}
