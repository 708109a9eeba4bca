package io.github.consentbridge.standalone.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.standalone.BridgeProcess;
import io.github.consentbridge.standalone.Deliveries;
import io.github.consentbridge.standalone.Webhook;
import io.github.consentbridge.standalone.metrics.MetricsSettings;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.logging.LogLevel;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Prometheus server reads of a bridge between simulated systems. */
class ServedMetricsTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private final Simulators simulators = Simulators.start(CLOCK);

    @AfterEach
    void stop() {
        simulators.close();
    }

    private BridgeServer start(String address, Map<String, String> environment) throws Exception {
        Path secrets = folder.resolve("secrets.json");
        BridgeProcess.writeSecret(secrets, BridgeProcess.secrets(simulators));
        return BridgeServer.start(
                IntegrationReader.read("""
                        {"type_id": "microsoft-dynamics",
                         "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""".getBytes(UTF_8), IntegrationReader.Place.FILE),
                outcomeLog -> new FileCredentials(secrets, CLOCK, outcomeLog),
                new BridgeServer.Settings(
                        folder.resolve("data"),
                        "127.0.0.1",
                        0,
                        Proxies.none(),
                        1,
                        Optional.of(Duration.ofHours(6)),
                        new Endpoints(
                                ServiceUrl.parse(
                                        "DIDOMI_API_URL",
                                        simulators.didomi().url().toString()),
                                ServiceUrl.parse(
                                        "ENTRA_LOGIN_URL",
                                        simulators.entra().url().toString())),
                        new PrintStream(OutputStream.nullOutputStream(), false, UTF_8),
                        LogLevel.INFO,
                        MetricsSettings.of(address, environment)),
                CLOCK);
    }

    private static HttpResponse<String> ask(String method, URI url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(url)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String page(URI url) throws Exception {
        HttpResponse<String> page = ask("GET", url);
        assertThat(page.statusCode()).isEqualTo(200);
        return page.body();
    }

    @Test
    void deliveriesAreCountedUntilTheyAreApplied() throws Exception {
        simulators.dataverse().column(SimulatedColumn.bool("new_newsletter"));
        UUID contact = simulators.dataverse().addContact(Map.of());
        try (BridgeServer bridge = start("", Map.of("BRIDGE_STACK", "acme"))) {
            String body = Deliveries.newsletter(contact.toString(), true, Instant.parse("2026-10-02T08:15:30Z"));
            URI webhook = bridge.url("/webhooks/didomi");
            assertThat(Webhook.post(webhook, BridgeProcess.WEBHOOK_KEY, body).statusCode())
                    .isEqualTo(202);
            assertThat(Webhook.post(webhook, "another-key-0123456789", body).statusCode())
                    .isEqualTo(401);
            await().atMost(Duration.ofMinutes(1)).until(bridge::isIdle);

            HttpResponse<String> page = ask("GET", bridge.url("/metrics"));

            assertThat(page.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(page.body())
                    .contains(
                            "consent_bridge_deliveries_accepted_total{direction=\"to_dynamics\",stack=\"acme\"} 1.0",
                            "consent_bridge_deliveries_refused_total{direction=\"to_dynamics\",stack=\"acme\"} 1.0",
                            "consent_bridge_contacts_updated_total{direction=\"to_dynamics\",stack=\"acme\"} 1.0",
                            "consent_bridge_propagation_seconds_count{direction=\"to_dynamics\",stack=\"acme\"} 1",
                            "consent_bridge_health_status{stack=\"acme\",status=\"up\"} 1.0",
                            "consent_bridge_queue_depth{stack=\"acme\"} 0.0",
                            "consent_bridge_reconciliation_interval_seconds{stack=\"acme\"} 21600.0")
                    .doesNotContain(contact.toString());
            assertThat(bridge.metricsPort()).isEmpty();
        }
    }

    @Test
    void onlyGetIsAnswered() throws Exception {
        try (BridgeServer bridge = start("", Map.of())) {
            HttpResponse<String> refused = ask("POST", bridge.url("/metrics"));

            assertThat(refused.statusCode()).isEqualTo(405);
            assertThat(refused.headers().firstValue("allow")).contains("GET");
        }
    }

    @Test
    void addressOfTheirOwnServesNothingElse() throws Exception {
        try (BridgeServer bridge = start("127.0.0.1:0", Map.of())) {
            String own = "http://127.0.0.1:" + bridge.metricsPort().orElseThrow();

            assertThat(page(URI.create(own + "/metrics"))).contains("consent_bridge_health_status");
            assertThat(ask("GET", URI.create(own + "/health")).statusCode()).isEqualTo(404);
            assertThat(ask("POST", URI.create(own + "/webhooks/didomi")).statusCode())
                    .isEqualTo(404);
            assertThat(ask("GET", bridge.url("/metrics")).statusCode()).isEqualTo(404);
            assertThat(ask("GET", bridge.url("/health")).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void metricsCanBeClosed() throws Exception {
        try (BridgeServer bridge = start("off", Map.of())) {
            assertThat(ask("GET", bridge.url("/metrics")).statusCode()).isEqualTo(404);
            assertThat(bridge.metricsPort()).isEmpty();
        }
    }

    /** It leaves nothing open: the folder can be used again. */
    @Test
    void addressThatIsTakenIsNamed() throws Exception {
        try (BridgeServer other = start("off", Map.of())) {
            folder = Files.createDirectory(folder.resolve("second"));
            String taken = "127.0.0.1:" + other.port();

            assertThatThrownBy(() -> start(taken, Map.of()))
                    .isInstanceOf(BridgeException.class)
                    .hasMessageContaining("check --metrics-address");
            start("off", Map.of()).close();
        }
    }
}
