package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
import java.io.PrintWriter;
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
        description = "Compares both sides person by person, and writes what differs from the choice that stands."
                + " Continues an interrupted run.",
        mixinStandardHelpOptions = true)
final class ReconcileCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions places;

    @Option(
            names = "--scan",
            defaultValue = "full",
            description = "didomi: every Didomi user; dynamics: contacts changed since the last such scan; full: both"
                    + " (${DEFAULT-VALUE})")
    private Scan scan;

    @Option(names = "--dry-run", description = "say what would be done, and write nothing")
    private boolean dryRun;

    @Option(names = "--initial", description = "people without a ledger entry do not count towards max_change_ratio")
    private boolean initial;

    @Option(names = "--force", description = "ignore max_change_ratio")
    private boolean force;

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
        ReconciliationPrinter printer = format.json
                ? new ReconciliationPrinter.Json(out)
                : format.csv ? new ReconciliationPrinter.Csv(out) : new ReconciliationPrinter.Text(out);
        Progress progress = new Progress(spec.commandLine().getErr(), Ansi.AUTO.enabled(), System::nanoTime);
        ReconciliationRequest request = new ReconciliationRequest(scan, dryRun, initial, force);
        ObjectNode report = Stores.withOldOrNew(places, operations -> {
            try {
                return operations.reconcile(request, line -> {
                    printer.line(line);
                    progress.line(line);
                });
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        });
        progress.end();
        printer.report(report);
        boolean incomplete = !report.path("finished").booleanValue();
        boolean differences = dryRun && report.path("differences_found").asLong() > 0;
        boolean failures = report.path("failed").asLong() > 0;
        boolean unresolved = report.path("unresolved_found").asLong() > 0;
        return incomplete || differences || unresolved || failures ? Bridge.FAILED_CHECK : Bridge.DONE;
    }
}
