package io.github.consentbridge.standalone.host;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;

/**
 * Ends the process when a thread ends by an {@link Error}, or a thread without which deliveries are accepted and never
 * applied ends by anything. Nothing that was accepted is lost, because it is on disk; the supervisor of the process starts
 * it anew. What else ends a thread is logged.
 */
public final class FatalErrors implements Thread.UncaughtExceptionHandler {
    private static final Pattern ESSENTIAL = Pattern.compile("store-writer|worker-\\d+|reconciliation");

    private final OutcomeLog outcomeLog;
    private final IntConsumer halt;

    FatalErrors(OutcomeLog outcomeLog, IntConsumer halt) {
        this.outcomeLog = outcomeLog;
        this.halt = halt;
    }

    /** Watches all threads of this process from now on. */
    public static void endTheProcess(PrintStream out, Clock clock) {
        OutcomeLog outcomeLog = new JsonOutcomeLog(out, Optional::empty, clock);
        // Not an orderly end: that would need the threads that are gone.
        Thread.setDefaultUncaughtExceptionHandler(
                new FatalErrors(outcomeLog, code -> Runtime.getRuntime().halt(code)));
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        if (!(failure instanceof Error) && !ESSENTIAL.matcher(thread.getName()).matches()) {
            outcomeLog.fault("thread failed", failure, LogFields.of("thread", thread.getName()));
            return;
        }
        try {
            outcomeLog.fault(
                    "process ends",
                    failure,
                    LogFields.of("thread", thread.getName()).and("why", why(failure)));
        } finally {
            halt.accept(ExitCode.FAILURE.number());
        }
    }

    /** Messages of the virtual machine name classes and kinds of memory; others may quote anything. */
    private static String why(Throwable failure) {
        return failure instanceof VirtualMachineError || failure instanceof LinkageError
                ? String.valueOf(failure.getMessage())
                : failure.getClass().getSimpleName();
    }
}
