package io.github.consentbridge.sync;

import io.github.consentbridge.mapping.OrganizationUserId;
import io.github.consentbridge.settle.Side;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps what was told and counted. */
final class RecordingJournal implements Journal {
    private final Map<Metric, Double> totals = new EnumMap<>(Metric.class);
    final List<String> told = new ArrayList<>();

    @Override
    public synchronized void count(Metric metric, Side towards, double amount) {
        totals.merge(metric, amount, Double::sum);
    }

    synchronized long total(Metric metric) {
        return Math.round(totals.getOrDefault(metric, 0.0));
    }

    @Override
    public synchronized void tell(String outcome, @Nullable OrganizationUserId person, Facts facts) {
        told.add(outcome + " " + facts);
    }

    @Override
    public synchronized void fault(String outcome, Throwable fault, Facts facts) {
        told.add(outcome + " " + fault + " " + facts);
    }
}
