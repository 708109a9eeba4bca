package io.github.consentbridge.standalone.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.json.Problem;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.connections.RefusedMappingsException;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final BridgeSecret SECRET = new BridgeSecret(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");
    private final Vitals vitals = new Vitals(clock);
    private final StubCredentials credentials = new StubCredentials();
    private Store store;
    private Health health;
    private @Nullable RefusedMappingsException refusal;

    /** A secret that can be read or not. */
    private static final class StubCredentials implements Credentials {
        private boolean lost;
        private boolean stale;

        @Override
        public BridgeSecret current() {
            if (lost) {
                throw new CredentialsException("the secrets file /etc/bridge/secrets.json cannot be read");
            }
            return SECRET;
        }

        @Override
        public BridgeSecret refreshed() {
            return current();
        }

        @Override
        public Optional<CredentialsException> failure() {
            return stale ? Optional.of(new CredentialsException("not read again")) : Optional.empty();
        }
    }

    @BeforeEach
    void start() {
        store = Store.open(folder, clock);
        health = new Health(
                new HealthFacts(
                        store, credentials, vitals, () -> Optional.ofNullable(refusal), Optional.of(DAY), clock),
                clock);
    }

    @AfterEach
    void stop() {
        store.close();
    }

    private JsonNode body(int status) throws IOException {
        HealthReport report = health.report();
        assertThat(report.status()).as(report.json()).isEqualTo(status);
        return report.body();
    }

    /** The figures of this machine's disk are left out. */
    private JsonNode bodyWithoutStore() throws IOException {
        ObjectNode body = (ObjectNode) new JsonMapper().readTree(health.report().json());
        assertThat(body.remove("store")).isNotNull();
        return body;
    }

    private void assertState(String status, int httpStatus, String... problem) throws IOException {
        JsonNode body = body(httpStatus);
        assertThat(body.path("status").asText()).isEqualTo(status);
        assertThat(body.path("problems")).hasSize(problem.length == 0 ? 0 : 1);
        for (String part : problem) {
            assertThat(body.path("problems").path(0).asText()).contains(part);
        }
    }

    @Test
    void nothingIsWrongWithANewBridge() throws Exception {
        assertThat(bodyWithoutStore()).isEqualTo(new JsonMapper().readTree("""
                {"status": "up", "problems": [],
                 "queue": {"depth": 0, "in_flight": 0, "oldest_seconds": 0, "dead_letters": 0},
                 "paused_until": {"didomi": null, "dataverse": null},
                 "last_delivery": {"didomi": null, "dynamics": null}, "last_applied": null,
                 "last_reconciliation": {"finished_at": null, "scan": null, "result": null}}"""));
    }

    @Test
    void tellsHowMuchWaitsAndWhatHappenedLast() throws Exception {
        Delivery delivery = Delivery.received(Side.DIDOMI, "ada", clock.instant(), "{}");
        store.queue().send(List.of(delivery, delivery), Duration.ZERO);
        store.queue().take(1);
        vitals.count(Metric.DELIVERIES_ACCEPTED, Side.DYNAMICS, 1);
        clock.advance(Duration.ofSeconds(90));
        vitals.count(Metric.DELIVERIES_ACCEPTED, Side.DIDOMI, 1);
        vitals.count(Metric.CONTACTS_UPDATED, Side.DYNAMICS, 1);
        store.runs().save("last_reconciliation", """
                {"finished_at": "2026-03-01T07:00:00Z", "scan": "FULL", "result": "DONE"}""");

        assertThat(bodyWithoutStore()).isEqualTo(new JsonMapper().readTree("""
                {"status": "up", "problems": [],
                 "queue": {"depth": 1, "in_flight": 1, "oldest_seconds": 90, "dead_letters": 0},
                 "paused_until": {"didomi": null, "dataverse": null},
                 "last_delivery": {"didomi": "2026-03-01T08:00:00Z", "dynamics": "2026-03-01T08:01:30Z"},
                 "last_applied": "2026-03-01T08:01:30Z",
                 "last_reconciliation": {"finished_at": "2026-03-01T07:00:00Z", "scan": "full", "result": "done"}}"""));
    }

    @Test
    void storeIsMeasured() throws Exception {
        long before = body(200).at("/store/size_bytes").longValue();
        String large = "{\"note\": \"" + UUID.randomUUID() + "x".repeat(1_000_000) + "\"}";
        for (int count = 0; count < 3; count++) {
            store.runs().save("large-" + count, large);
        }

        assertThat(before).isPositive();
        assertThat(body(200).at("/store/size_bytes").longValue()).isGreaterThan(before + 1_000_000);
        assertThat(body(200).at("/store/free_bytes").longValue())
                .isPositive()
                .isLessThanOrEqualTo(Files.getFileStore(folder).getTotalSpace());
    }

    @Test
    void pausedSystemDegradesUntilItHasAnswered() throws Exception {
        Instant until = clock.instant().plusSeconds(10);
        store.pauses().pause(RemoteSystem.DATAVERSE, until);

        JsonNode paused = body(200);
        assertThat(paused.path("status").asText()).isEqualTo("degraded");
        assertThat(paused.at("/paused_until/dataverse").asText()).isEqualTo("2026-03-01T08:00:10Z");
        assertThat(paused.at("/problems/0").asText()).contains("Dataverse is paused until", "resume dataverse");
        clock.advance(Duration.ofSeconds(11));
        assertThat(body(200).at("/paused_until/dataverse").isNull()).isTrue();
        assertState("degraded", 200, "Dataverse was paused and has not answered yet");
        store.pauses().end(RemoteSystem.DATAVERSE, until);
        assertState("up", 200);
    }

    @Test
    void deadLettersDegrade() throws Exception {
        Delivery delivery = Delivery.received(Side.DIDOMI, "ada", clock.instant(), "{}");
        store.deadLetters().add(List.of(new DeadLetter(delivery, "reason", clock.instant())));

        assertThat(body(200).at("/queue/dead_letters").asInt()).isEqualTo(1);
        assertState("degraded", 200, "There is 1 dead letter", "replay");
    }

    @Test
    void failingBatchesDegradeUntilOneSucceeds() throws Exception {
        vitals.batchEnded(true);
        clock.advance(Duration.ofMinutes(10));
        vitals.batchEnded(true);
        assertState("degraded", 200, "failing since 2026-03-01T08:00:00Z");

        clock.advance(Duration.ofSeconds(50));
        vitals.batchEnded(false);
        assertState("degraded", 200, "failing since");
        clock.advance(Duration.ofSeconds(20));
        assertState("up", 200);
    }

    @Test
    void withoutAValidSecretItIsDown() throws Exception {
        credentials.stale = true;
        assertState("degraded", 200, "last good one");
        credentials.lost = true;
        assertState("down", 503, "no valid secret");
        assertThat(body(503).toString()).doesNotContain("secrets.json");
        credentials.lost = false;
        credentials.stale = false;
        assertState("up", 200);
    }

    @Test
    void reconciliationThatFailedStoppedOrIsOverdueDegrades() throws Exception {
        store.runs().save("last", "2026-03-01T08:00:00Z");
        clock.advance(DAY.plusHours(12));
        assertState("up", 200);
        clock.advance(Duration.ofSeconds(1));
        assertState("degraded", 200, "No automatic reconciliation has finished in time");

        store.runs().save("last", clock.instant().toString());
        store.runs().save("last_reconciliation", """
                {"finished_at": "2026-03-01T07:00:00Z", "scan": "FULL", "result": "FAILED"}""");
        assertState("degraded", 200, "The last reconciliation failed");
        store.runs().save("last_reconciliation", """
                {"finished_at": "2026-03-01T07:00:00Z", "scan": "FULL", "result": "STOPPED"}""");
        assertState("degraded", 200, "was stopped", "--force");
    }

    @Test
    void refusedMappingDegrades() throws Exception {
        refusal = new RefusedMappingsException(List.of(new Problem("/mappings/0", "firstname is a text column")));

        assertState("degraded", 200, "Deliveries wait", "/mappings/0", "firstname is a text column");
    }

    @Test
    void storeThatCannotBeWrittenIsDown() throws Exception {
        store.close();

        assertState("down", 503, "Deliveries cannot be stored");
    }

    /** Whoever reads the queue waits, as for a disk that hangs. */
    @Test
    void storeThatDoesNotAnswerIsDownAfterTwoSeconds() throws Exception {
        Instant start = Instant.now();
        synchronized (store.queue()) {
            assertState("down", 503, "The store has not answered for two seconds");
            assertState("down", 503, "The store has not answered for two seconds");
        }

        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(4));
        await().atMost(Duration.ofSeconds(10)).until(() -> health.report().status() == 200);
    }
}
