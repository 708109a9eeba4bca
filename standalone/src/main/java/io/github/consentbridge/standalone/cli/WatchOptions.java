package io.github.consentbridge.standalone.cli;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** {@code --watch}: repeats a report until the command is stopped. */
public final class WatchOptions {
    /** Clears the screen and goes to its first line. */
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Option(
            names = "--watch",
            arity = "0..1",
            fallbackValue = "5s",
            paramLabel = "EVERY",
            converter = PeriodConverter.class,
            description = "repeat until stopped with Ctrl-C, for example --watch=30s (default: every 5s)")
    private @Nullable Duration every;

    /** Waits between two reports. */
    @FunctionalInterface
    interface Pause {
        void sleep(Duration time) throws InterruptedException;
    }

    /**
     * Prints the report, once or again and again.
     *
     * @param report prints it and returns the exit code
     * @return the exit code of a single report
     * @throws InterruptedException if it is stopped
     */
    public int repeat(PrintWriter out, IntSupplier report) throws InterruptedException {
        return repeat(every, out, report, time -> Thread.sleep(time.toMillis()), Ansi.AUTO.enabled());
    }

    static int repeat(@Nullable Duration every, PrintWriter out, IntSupplier report, Pause pause, boolean terminal)
            throws InterruptedException {
        if (every == null) {
            return report.getAsInt();
        }
        if (every.equals(PeriodConverter.NEVER)) {
            throw new UsageException("--watch needs a number and s, m, h or d, for example --watch=30s");
        }
        while (true) {
            out.print(terminal ? CLEAR : "");
            out.println(Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS));
            // Only a single report has an exit code.
            int unused = report.getAsInt();
            out.flush();
            pause.sleep(every);
        }
    }
}
