package io.github.consentbridge.standalone.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.standalone.Deliveries;
import io.github.consentbridge.standalone.RawClient;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.SecretReader;
import io.github.consentbridge.sync.intake.DidomiIntake;
import io.github.consentbridge.sync.intake.DynamicsIntake;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is answered while the store hangs. */
@Timeout(60)
class HttpRoutesTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String KEY = "current-webhook-key-0123456789";
    private static final String HEALTH = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final Clock CLOCK = Clock.systemUTC();

    private final CountDownLatch storeGoesOn = new CountDownLatch(1);
    private final OutcomeLog log =
            new JsonOutcomeLog(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8), CLOCK);
    private final List<RawClient> clients = new ArrayList<>();
    private WebServer web;

    /** Does not answer. */
    private final class HangingQueue implements DeliveryQueue {
        @Override
        public void send(List<Delivery> deliveries, Duration delay) {
            hang();
        }
    }

    private static final class FixedSecret implements Credentials {
        @Override
        public BridgeSecret current() {
            return SecretReader.read("{\"webhooks\": {\"didomi\": {\"values\": [\"%s\"]}}}"
                    .formatted(KEY)
                    .getBytes(UTF_8));
        }

        @Override
        public BridgeSecret refreshed() {
            return current();
        }
    }

    private void hang() {
        try {
            storeGoesOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private WebhookReply hangingHealth() {
        hang();
        return WebhookReply.json(200, "{}");
    }

    private void start(Supplier<WebhookReply> health, Duration toStore, Duration toLook) {
        Integration integration = IntegrationReader.read("""
                {"type_id": "microsoft-dynamics", "properties": {"organization_id": "acme"},
                 "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""".getBytes(UTF_8), IntegrationReader.Place.FILE);
        Credentials credentials = new FixedSecret();
        DeliveryQueue queue = new HangingQueue();
        HttpRoutes routes = new HttpRoutes(
                DidomiIntake.endpoint(integration, credentials, queue, log, CLOCK),
                DynamicsIntake.endpoint(integration, credentials, queue, log, CLOCK),
                new Pages(Map.of("/health", health), toLook, log),
                toStore,
                log);
        web = WebServer.start("127.0.0.1", 0, HttpLimits.standard(), Proxies.none(), routes);
    }

    private RawClient client() throws IOException {
        RawClient client = new RawClient(web.port());
        clients.add(client);
        return client;
    }

    private RawClient deliver() throws IOException {
        String body = Deliveries.newsletter("ada@example.org", true, Instant.parse("2026-10-02T08:15:30Z"));
        return client().post(
                        "/webhooks/didomi",
                        "x-consent-bridge-key: " + KEY + "\r\nContent-Length: " + body.length() + "\r\n")
                .send(body);
    }

    @AfterEach
    void stop() throws IOException {
        storeGoesOn.countDown();
        for (RawClient client : clients) {
            client.close();
        }
        web.close();
    }

    @Test
    void healthIsAnsweredWhileEveryDeliveryHangs() throws IOException {
        start(() -> WebhookReply.json(200, "{\"status\":\"degraded\"}"), LONG, LONG);
        for (int index = 0; index < 300; index++) {
            deliver();
        }

        assertThat(client().send(HEALTH).answer()).endsWith("degraded\"}");
    }

    @Test
    void deliveriesAreAnsweredInTimeWhileTheStoreHangs() throws IOException {
        start(() -> WebhookReply.json(200, "{}"), SHORT, LONG);
        List<RawClient> senders = new ArrayList<>();
        for (int index = 0; index < 300; index++) {
            senders.add(deliver());
        }

        for (RawClient sender : senders) {
            assertThat(sender.answer()).startsWith("HTTP/1.1 503").contains("\"unavailable\"");
        }
    }

    @Test
    void healthIsDownIfItHangsItself() throws IOException {
        start(this::hangingHealth, LONG, SHORT);
        List<RawClient> operators = new ArrayList<>();
        for (int index = 0; index < 100; index++) {
            operators.add(client().send(HEALTH));
        }

        for (RawClient operator : operators) {
            assertThat(operator.answer()).startsWith("HTTP/1.1 503").contains("\"down\"");
        }
    }
}
