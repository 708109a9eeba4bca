package io.github.consentbridge.sync.logging;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps what was told and counted. */
public final class RecordingOutcomeLog implements OutcomeLog {
    private final Map<Metric, Double> totals = new EnumMap<>(Metric.class);
    public final List<String> recorded = new ArrayList<>();

    @Override
    public synchronized void count(Metric metric, Side towards, double amount) {
        totals.merge(metric, amount, Double::sum);
    }

    public synchronized long total(Metric metric) {
        return Math.round(totals.getOrDefault(metric, 0.0));
    }

    @Override
    public synchronized void log(String outcome, @Nullable OrganizationUserId person, LogFields fields) {
        recorded.add(outcome + " " + fields);
    }

    @Override
    public synchronized void fault(String outcome, Throwable fault, LogFields fields) {
        recorded.add(outcome + " " + fault + " " + fields);
    }
}
