package io.github.consentbridge.standalone.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.sync.logging.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BridgeMetricsTest {
    private static final String HEALTH = """
            {"status": "degraded", "problems": ["Dataverse is paused"],
             "queue": {"depth": 12, "in_flight": 3, "oldest_seconds": 40, "dead_letters": 2},
             "paused_until": {"didomi": null, "dataverse": "2026-03-01T08:15:00Z"},
             "last_delivery": {"didomi": "2026-03-01T07:59:58Z", "dynamics": null},
             "last_applied": "2026-03-01T07:58:01.500Z",
             "last_reconciliation": {"finished_at": "2026-03-01T02:00:00Z", "scan": "full", "result": "stopped"},
             "store": {"size_bytes": 4096, "free_bytes": 1000000000}}""";
    private static final String HANGING = """
            {"status": "down", "problems": ["The store has not answered for two seconds: check the disk."],
             "queue": {"depth": null, "in_flight": null, "oldest_seconds": null, "dead_letters": null},
             "paused_until": {"didomi": null, "dataverse": null},
             "last_delivery": {"didomi": null, "dynamics": null}, "last_applied": null,
             "last_reconciliation": {"finished_at": null, "scan": null, "result": null},
             "store": {"size_bytes": null, "free_bytes": null}}""";

    private final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** The samples of a page. */
    private static List<String> samples(BridgeMetrics metrics) {
        return metrics.page()
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private List<String> state(String health) {
        BridgeMetrics metrics = new BridgeMetrics(Optional.empty());
        metrics.addState(() -> json(health), Optional.of(Duration.ofHours(24)), clock);
        return samples(metrics);
    }

    @Test
    void countsAreTotalsOfEachDirection() {
        BridgeMetrics metrics = new BridgeMetrics(Optional.empty());
        metrics.count(Metric.CONTACTS_UPDATED, Side.DYNAMICS, 2);
        metrics.count(Metric.CONTACTS_UPDATED, Side.DYNAMICS, 1);
        metrics.count(Metric.EVENTS_POSTED, Side.DIDOMI, 1);

        assertThat(samples(metrics))
                .contains(
                        "consent_bridge_contacts_updated_total{direction=\"to_dynamics\"} 3.0",
                        "consent_bridge_contacts_updated_total{direction=\"to_didomi\"} 0.0",
                        "consent_bridge_events_posted_total{direction=\"to_didomi\"} 1.0");
    }

    @Test
    void runsAreCountedByScan() {
        BridgeMetrics metrics = new BridgeMetrics(Optional.empty());
        metrics.countScan(Metric.RECONCILED, "full");

        assertThat(samples(metrics))
                .contains(
                        "consent_bridge_reconciled_total{scan=\"full\"} 1.0",
                        "consent_bridge_reconciled_total{scan=\"dynamics\"} 0.0",
                        "consent_bridge_reconciliations_failed_total{scan=\"didomi\"} 0.0");
    }

    @Test
    void timesAreHistogramsOfWhichPercentilesCanBeComputed() {
        BridgeMetrics metrics = new BridgeMetrics(Optional.empty());
        metrics.count(Metric.PROPAGATION_SECONDS, Side.DYNAMICS, 0.4);
        metrics.count(Metric.PROPAGATION_SECONDS, Side.DYNAMICS, 40);
        metrics.count(Metric.PROPAGATION_SECONDS, Side.DYNAMICS, 1_000_000);

        assertThat(samples(metrics))
                .contains(
                        "consent_bridge_propagation_seconds_bucket{direction=\"to_dynamics\",le=\"0.25\"} 0",
                        "consent_bridge_propagation_seconds_bucket{direction=\"to_dynamics\",le=\"0.5\"} 1",
                        "consent_bridge_propagation_seconds_bucket{direction=\"to_dynamics\",le=\"60.0\"} 2",
                        "consent_bridge_propagation_seconds_bucket{direction=\"to_dynamics\",le=\"432000.0\"} 2",
                        "consent_bridge_propagation_seconds_bucket{direction=\"to_dynamics\",le=\"+Inf\"} 3",
                        "consent_bridge_propagation_seconds_count{direction=\"to_dynamics\"} 3");
    }

    @Test
    void stateIsThatOfHealth() {
        assertThat(state(HEALTH))
                .contains(
                        "consent_bridge_health_status{status=\"up\"} 0.0",
                        "consent_bridge_health_status{status=\"degraded\"} 1.0",
                        "consent_bridge_health_status{status=\"down\"} 0.0",
                        "consent_bridge_queue_depth 12.0",
                        "consent_bridge_queue_in_flight 3.0",
                        "consent_bridge_queue_oldest_seconds 40.0",
                        "consent_bridge_dead_letters 2.0",
                        "consent_bridge_paused_seconds{system=\"didomi\"} 0.0",
                        "consent_bridge_paused_seconds{system=\"dataverse\"} 900.0",
                        "consent_bridge_last_delivery_timestamp_seconds{side=\"didomi\"} 1.772351998E9",
                        "consent_bridge_last_applied_timestamp_seconds 1.7723518815E9",
                        "consent_bridge_last_reconciliation_timestamp_seconds 1.7723304E9",
                        "consent_bridge_last_reconciliation_result{result=\"done\"} 0.0",
                        "consent_bridge_last_reconciliation_result{result=\"stopped\"} 1.0",
                        "consent_bridge_reconciliation_interval_seconds 86400.0",
                        "consent_bridge_store_size_bytes 4096.0",
                        "consent_bridge_store_free_bytes 1.0E9");
    }

    @Test
    void whatIsNotKnownHasNoSample() {
        assertThat(state(HANGING).stream()
                        .map(line -> line.replaceAll("[ {].*", ""))
                        .filter(name -> name.matches(
                                "consent_bridge_(health|queue|dead_letters|paused|last|store|reconciliation_i).*"))
                        .distinct())
                .containsExactlyInAnyOrder(
                        "consent_bridge_health_status", "consent_bridge_reconciliation_interval_seconds");
    }

    @Test
    void intervalOfABridgeThatDoesNotReconcileIsZero() {
        BridgeMetrics metrics = new BridgeMetrics(Optional.empty());
        metrics.addState(() -> json(HEALTH), Optional.empty(), clock);

        assertThat(samples(metrics)).contains("consent_bridge_reconciliation_interval_seconds 0.0");
    }

    /** Two bridges of one Prometheus are told apart. */
    @Test
    void everyMetricNamesTheStack() {
        BridgeMetrics metrics = new BridgeMetrics(Optional.of("acme"));
        metrics.addState(() -> json(HEALTH), Optional.of(Duration.ofHours(24)), clock);

        assertThat(samples(metrics)).hasSizeGreaterThan(80).allMatch(line -> line.contains("stack=\"acme\""));
        assertThat(samples(new BridgeMetrics(Optional.empty()))).noneMatch(line -> line.contains("stack="));
    }

    @Test
    void memoryAndStartOfTheProcessAreShown() {
        assertThat(samples(new BridgeMetrics(Optional.empty())))
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\"}"))
                .anyMatch(line -> line.startsWith("process_start_time_seconds "))
                .contains("consent_bridge_build_info{version=\"unpackaged\"} 1");
    }
}
