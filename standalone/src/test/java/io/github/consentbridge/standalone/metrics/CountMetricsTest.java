package io.github.consentbridge.standalone.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.logging.Metric;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CountMetricsTest {
    /** Dashboards and alert rules depend on them. */
    @Test
    void namesAreThoseOfCloudWatchInPrometheussForm() {
        assertThat(Stream.of(Metric.values())
                        .map(CountMetrics::name)
                        .map(name -> name.substring("consent_bridge_".length())))
                .containsExactly(
                        "deliveries_accepted",
                        "deliveries_ignored",
                        "deliveries_refused",
                        "deliveries_not_stored",
                        "contacts_updated",
                        "contacts_created",
                        "events_posted",
                        "superseded",
                        "unchanged",
                        "no_contact",
                        "conflicts",
                        "unreadable_values",
                        "audit_unavailable",
                        "throttled",
                        "dead_lettered",
                        "secret_unreadable",
                        "drift",
                        "reconciled",
                        "reconciliations_failed",
                        "propagation_seconds",
                        "waiting_seconds");
    }
}
