package io.github.consentbridge.sync.logging;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes outcomes to another log, and hands what is counted to each of some sinks. */
public class CountedOutcomeLog implements OutcomeLog {
    private final OutcomeLog lines;
    private final List<MetricSink> sinks;

    /** @param lines takes the lines, and counts nothing */
    public CountedOutcomeLog(OutcomeLog lines, MetricSink... sinks) {
        this.lines = lines;
        this.sinks = List.of(sinks);
    }

    @Override
    public final void count(Metric metric, Side towards, double amount) {
        sinks.forEach(sink -> sink.count(metric, towards, amount));
    }

    @Override
    public final void countScan(Metric metric, String scan) {
        sinks.forEach(sink -> sink.countScan(metric, scan));
    }

    @Override
    public final void log(String outcome, @Nullable OrganizationUserId person, LogFields fields) {
        lines.log(outcome, person, fields);
    }

    @Override
    public final void log(LogLevel level, String outcome, @Nullable OrganizationUserId person, LogFields fields) {
        lines.log(level, outcome, person, fields);
    }

    @Override
    public final void fault(String outcome, Throwable fault, LogFields fields) {
        lines.fault(outcome, fault, fields);
    }

    @Override
    public final void flush() {
        sinks.forEach(MetricSink::flush);
        lines.flush();
    }
}
