package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
import io.github.consentbridge.sync.reconciliation.Totals;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds and repairs differences that no webhook reported. */
@Command(
        name = "reconcile",
        description =
                "Compares both sides person by person, and writes where a side differs from the choice that stands."
                        + " An interrupted run continues where it ended.",
        mixinStandardHelpOptions = true)
final class ReconcileCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions options;

    @Option(
            names = "--scan",
            defaultValue = "full",
            description = "didomi: every Didomi user; dynamics: contacts changed since the last such scan; full: both"
                    + " (default: ${DEFAULT-VALUE})")
    private Scan scan;

    @Option(names = "--dry-run", description = "list the differences and write nothing")
    private boolean dryRun;

    @Option(names = "--initial", description = "do not apply max_change_ratio to people who were never settled")
    private boolean initial;

    @Option(names = "--force", description = "do not apply max_change_ratio")
    private boolean force;

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            defaultValue = "10m",
            converter = PeriodConverter.class,
            description = "how long to wait for a system that fails or is busy, for example 90s, 10m or off"
                    + " (default: ${DEFAULT-VALUE})")
    private Duration patience;

    @ArgGroup
    private Format format = new Format();

    private static final class Format {
        @Option(names = "--json", description = "print JSON")
        private boolean json;

        @Option(names = "--csv", description = "print the differences as CSV")
        private boolean csv;
    }

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Progress progress = new Progress(spec.commandLine().getErr(), Ansi.AUTO.enabled(), System::nanoTime);
        ReconciliationPrinter printer = format.json
                ? new ReconciliationPrinter.Json(out, progress)
                : format.csv
                        ? new ReconciliationPrinter.Csv(out, progress)
                        : new ReconciliationPrinter.Text(out, progress);
        ReconciliationRequest request = new ReconciliationRequest(scan, dryRun, initial, force, patience);
        ReconciliationReport report = OperatorHost.of(options).onStores(operations -> {
            try {
                return operations.reconcile(request, printer);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        });
        progress.end();
        printer.report(report);
        Totals totals = report.totals();
        boolean differences = dryRun && totals.differences() > 0;
        return !report.finished() || differences || totals.unresolved() > 0 || totals.failed() > 0
                ? ExitCode.FINDINGS.number()
                : ExitCode.DONE.number();
    }
}
