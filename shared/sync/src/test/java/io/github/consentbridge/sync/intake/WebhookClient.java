package io.github.consentbridge.sync.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.sync.logging.CountedOutcomeLog;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.logging.MetricTotals;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.queue.DeliveryTooLargeException;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Calls one side's endpoint, which has the published integration document, a queue and a secret in memory, and a log. */
final class WebhookClient {
    static final Path ROOT = Path.of("..", "..");
    static final Instant NOW = Instant.parse("2026-10-10T10:00:00Z");

    final StoredSecret secret;
    final List<Delivery> stored = new ArrayList<>();
    final MetricTotals counted = new MetricTotals();
    boolean queueIsTooSmall;
    boolean queueIsDown;
    boolean queueIsBroken;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final WebhookEndpoint endpoint;

    /** How an intake makes its endpoint. */
    private interface Intake {
        WebhookEndpoint endpoint(
                Integration integration,
                StoredSecret credentials,
                DeliveryQueue queue,
                OutcomeLog outcomeLog,
                Clock clock);
    }

    private WebhookClient(Intake intake, Integration integration, StoredSecret secret) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        this.secret = secret;
        OutcomeLog outcomeLog = new CountedOutcomeLog(
                new JsonOutcomeLog(new PrintStream(printed, true, UTF_8), Secret.of("a-log-key"), clock), counted);
        this.endpoint = intake.endpoint(integration, secret, new Queue(), outcomeLog, clock);
    }

    /** Calls Didomi's endpoint. */
    static WebhookClient didomi() {
        return didomi("");
    }

    /** @param properties further properties of the integration document, each followed by a comma */
    static WebhookClient didomi(String properties) {
        return new WebhookClient(
                DidomiIntake::endpoint, integration(document(), properties), new StoredSecret("didomi"));
    }

    /** Calls Didomi's endpoint, where only the secret names the organization. */
    static WebhookClient didomiOfSecret(String organization) {
        String document = document().replaceFirst("\"organization_id\": *\"[a-z]+\",", "");
        return new WebhookClient(
                DidomiIntake::endpoint,
                integration(document, ""),
                new StoredSecret("didomi").ofOrganization(organization));
    }

    /**
     * Calls the endpoint of Dynamics; contacts are known by their e-mail address.
     *
     * @param properties further properties of the integration document, each followed by a comma
     */
    static WebhookClient dynamics(String properties) {
        String document = document().replace("\"contactid\"", "\"emailaddress1\"");
        return new WebhookClient(
                DynamicsIntake::endpoint, integration(document, properties), new StoredSecret("dynamics"));
    }

    private static String document() {
        try {
            return Files.readString(ROOT.resolve("config/integration.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Integration integration(String document, String properties) {
        String extended = document.replace("\"properties\": {", "\"properties\": {" + properties);
        return IntegrationReader.read(extended.getBytes(UTF_8), IntegrationReader.Place.FILE);
    }

    private final class Queue implements DeliveryQueue {
        @Override
        public void send(List<Delivery> deliveries, Duration delay) {
            if (queueIsTooSmall) {
                throw new DeliveryTooLargeException("a delivery is too large");
            }
            if (queueIsDown) {
                throw new StorageException("the queue is out of order", new IOException("simulated"));
            }
            if (queueIsBroken) {
                throw new IllegalStateException("broken");
            }
            stored.addAll(deliveries);
        }
    }

    WebhookReply send(WebhookRequest request) {
        return endpoint.answer(request);
    }

    /** What a host learns before it reads the body. */
    Admission check(WebhookRequest request) {
        return endpoint.check(request.head());
    }

    int status(WebhookRequest request) {
        return send(request).status();
    }

    /** Nothing of a refused request is stored. */
    void assertRefused(WebhookRequest request, int status, String reason) {
        WebhookReply reply = send(request);

        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body()).isEqualTo("{\"status\":\"refused\",\"reason\":\"" + reason + "\"}");
        assertThat(stored).isEmpty();
    }

    /** Everything that was logged since the start. */
    String log() {
        return printed.toString(UTF_8);
    }
}
