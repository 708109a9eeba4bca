package io.github.consentbridge.standalone.host;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.standalone.activity.ActivityCounts;
import io.github.consentbridge.standalone.http.HttpLimits;
import io.github.consentbridge.standalone.http.Pages;
import io.github.consentbridge.standalone.http.WebServer;
import io.github.consentbridge.standalone.metrics.BridgeMetrics;
import io.github.consentbridge.standalone.metrics.MetricsSettings;
import io.github.consentbridge.standalone.metrics.MetricsSettings.Place;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.logging.CountedOutcomeLog;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** By which a running bridge is watched: its log, its vitals, its metrics, and the pages that show them. */
final class Instruments {
    private static final String METRICS = "/metrics";

    private final Vitals vitals;
    private final ActivityCounts activity;
    private final BridgeMetrics metrics;
    private final Place place;
    private final OutcomeLog outcomeLog;

    /** @param lines takes the log lines */
    Instruments(OutcomeLog lines, MetricsSettings settings, Clock clock) {
        vitals = new Vitals(clock);
        activity = new ActivityCounts(clock);
        metrics = new BridgeMetrics(settings.stack());
        place = settings.place();
        outcomeLog = new CountedOutcomeLog(lines, vitals, metrics, activity);
    }

    Vitals vitals() {
        return vitals;
    }

    /** What was counted in each minute. */
    ActivityCounts activity() {
        return activity;
    }

    /** Prints lines, and counts for the vitals, the metrics and the console's charts. */
    OutcomeLog outcomeLog() {
        return outcomeLog;
    }

    /** Adds the state of the bridge to the metrics. To be called once. */
    void watch(Supplier<JsonNode> health, Optional<Duration> reconcileEvery, Clock clock) {
        metrics.addState(health, reconcileEvery, clock);
    }

    /** The pages beside the webhooks. */
    Pages pages(Supplier<WebhookReply> health) {
        Map<String, Supplier<WebhookReply>> pages = new HashMap<>(Map.of("/health", health));
        if (place instanceof Place.WithWebhooks) {
            pages.put(METRICS, metrics::page);
        }
        return new Pages(pages, outcomeLog);
    }

    /**
     * Starts the server of the metrics, if they have an address of their own.
     *
     * @throws io.github.consentbridge.mapping.failure.BridgeException if the address cannot be listened on
     */
    Optional<WebServer> startServer() {
        if (!(place instanceof Place.At at)) {
            return Optional.empty();
        }
        Pages pages = new Pages(Map.of(METRICS, metrics::page), outcomeLog);
        try {
            return Optional.of(WebServer.start(at.host(), at.port(), HttpLimits.standard(), Proxies.none(), pages));
        } catch (BridgeException e) {
            throw new BridgeException(
                    e.exitCode(),
                    "the metrics cannot be served on " + at.host() + " and port " + at.port()
                            + ": check --metrics-address, and whether the port is taken",
                    e);
        }
    }
}
