package io.github.consentbridge.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.consentbridge.aws.Counts.Dimension;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.logging.CountedOutcomeLog;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.MetricSink;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes outcomes to another log and publishes the counts when the invocation ends: a line in CloudWatch's embedded
 * metric format for each direction and each scan. Safe for use by several threads.
 */
public final class EmfOutcomeLog extends CountedOutcomeLog {
    /** @param stack the value of the dimension {@code stack}, which keeps the metrics of two stacks apart */
    public EmfOutcomeLog(OutcomeLog lines, PrintStream out, Clock clock, String stack) {
        super(lines, new Sink(out, clock, stack));
    }

    private static final class Sink implements MetricSink {
        private final PrintStream out;
        private final Clock clock;
        private final String stack;
        private Map<Dimension, Counts> counted = new LinkedHashMap<>();

        Sink(PrintStream out, Clock clock, String stack) {
            this.out = out;
            this.clock = clock;
            this.stack = stack;
        }

        @Override
        public void count(Metric metric, Side towards, double amount) {
            count(metric, Dimension.direction(towards), amount);
        }

        @Override
        public void countScan(Metric metric, String scan) {
            count(metric, Dimension.scan(scan), 1);
        }

        private synchronized void count(Metric metric, Dimension dimension, double amount) {
            counted.computeIfAbsent(dimension, any -> new Counts(stack)).add(metric, amount);
        }

        /** Publishes only metrics with counts: a metric without data costs nothing. */
        @Override
        public void flush() {
            taken().forEach((dimension, counts) ->
                    counts.lines(dimension, clock.instant()).forEach(this::print));
        }

        /** Writes the line in one call, so that lines of several threads do not mix. */
        private void print(String line) {
            byte[] bytes = (line + "\n").getBytes(US_ASCII);
            out.write(bytes, 0, bytes.length);
            out.flush();
        }

        private synchronized Map<Dimension, Counts> taken() {
            Map<Dimension, Counts> taken = counted;
            counted = new LinkedHashMap<>();
            return taken;
        }
    }
}
