package io.github.consentbridge.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.consentbridge.mapping.OrganizationUserId;
import io.github.consentbridge.settle.Side;
import io.github.consentbridge.sync.Facts;
import io.github.consentbridge.sync.Journal;
import io.github.consentbridge.sync.Metric;
import java.io.PrintStream;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells outcomes as another journal does, and publishes the counts: a line in CloudWatch's embedded metric format for each
 * direction, when the invocation ends. Safe for use by several threads.
 */
public final class EmfJournal implements Journal {
    private final Journal lines;
    private final PrintStream out;
    private final Clock clock;
    private Map<Side, Counts> counted = new EnumMap<>(Side.class);

    /** @param lines tells the outcomes */
    public EmfJournal(Journal lines, PrintStream out, Clock clock) {
        this.lines = lines;
        this.out = out;
        this.clock = clock;
    }

    @Override
    public synchronized void count(Metric metric, Side towards, double amount) {
        counted.computeIfAbsent(towards, any -> new Counts()).add(metric, amount);
    }

    @Override
    public void tell(String outcome, @Nullable OrganizationUserId person, Facts facts) {
        lines.tell(outcome, person, facts);
    }

    @Override
    public void fault(String outcome, Throwable fault, Facts facts) {
        lines.fault(outcome, fault, facts);
    }

    /** What was never counted is not published: a metric without data costs nothing. */
    @Override
    public void flush() {
        taken().forEach((towards, counts) ->
                counts.lines(towards, clock.instant()).forEach(this::print));
        lines.flush();
    }

    /** In one call: lines of several threads do not mix. */
    private void print(String line) {
        byte[] bytes = (line + "\n").getBytes(US_ASCII);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    private synchronized Map<Side, Counts> taken() {
        Map<Side, Counts> taken = counted;
        counted = new EnumMap<>(Side.class);
        return taken;
    }
}
