package io.github.consentbridge.functions.dynamics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.credentials.SecretReader;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The handler with a queue and a secret in memory, and a journal that is kept. */
final class WebhookClient implements DeliveryQueue, Credentials {
    static final Path EVENTS = Path.of("..", "..", "events");
    static final String KEY = "demo-webhook-key-0123456789";
    private static final Instant NOW = Instant.parse("2026-10-10T10:00:00Z");
    private static final Context CONTEXT = (Context) Proxy.newProxyInstance(
            WebhookClient.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    final List<Delivery> stored = new ArrayList<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    final JsonOutcomeLog outcomeLog;
    private final DynamicsWebhookHandler handler;

    boolean queueIsDown;
    boolean secretIsLost;
    int refreshes;
    private BridgeSecret cached = secret(KEY);
    private BridgeSecret kept = cached;

    WebhookClient(String properties) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        outcomeLog = new JsonOutcomeLog(new PrintStream(printed, true, UTF_8), Secret.of("a-log-key"), clock);
        handler = new DynamicsWebhookHandler(integration(properties), this, this, outcomeLog, clock);
    }

    /** The mappings of the published document, with people known by their e-mail address. */
    private static Integration integration(String properties) {
        try {
            String document = Files.readString(Path.of("..", "..", "config", "integration.json"))
                    .replace("\"contactid\"", "\"emailaddress1\"")
                    .replace("\"properties\": {", "\"properties\": {" + properties);
            return IntegrationReader.read(document.getBytes(UTF_8), IntegrationReader.Place.FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BridgeSecret secret(String... keys) {
        return SecretReader.read("{\"webhooks\": {\"dynamics\": {\"values\": [\"%s\"]}}}"
                .formatted(String.join("\", \"", keys))
                .getBytes(UTF_8));
    }

    /** Somebody changes the stored secret; the handler sees it when it asks anew. */
    void rotate(String... keys) {
        kept = secret(keys);
    }

    @Override
    public BridgeSecret current() {
        if (secretIsLost) {
            throw new CredentialsException("the secret cannot be read: check the function's role");
        }
        return cached;
    }

    @Override
    public BridgeSecret refreshed() {
        refreshes++;
        cached = kept;
        return cached;
    }

    @Override
    public void send(List<Delivery> deliveries, Duration delay) {
        if (queueIsDown) {
            throw new StorageException("the queue is out of order", new IOException("simulated"));
        }
        stored.addAll(deliveries);
    }

    static APIGatewayV2HTTPEvent sample(String name) {
        try {
            return new JsonMapper()
                    .addMixIn(APIGatewayV2HTTPEvent.class, LambdaNames.class)
                    .readerFor(APIGatewayV2HTTPEvent.class)
                    .readValue(Files.readAllBytes(EVENTS.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lambda's own names where they are not those of the getters. */
    private interface LambdaNames {
        @com.fasterxml.jackson.annotation.JsonProperty("isBase64Encoded")
        void setIsBase64Encoded(boolean encoded);
    }

    APIGatewayV2HTTPResponse send(APIGatewayV2HTTPEvent request) {
        return handler.handleRequest(request, CONTEXT);
    }

    int status(APIGatewayV2HTTPEvent request) {
        return send(request).getStatusCode();
    }

    String log() {
        return printed.toString(UTF_8);
    }
}
