package io.github.consentbridge.standalone.cli.explain;

import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.history.HistoryChain;
import io.github.consentbridge.sync.operations.Explanation;
import io.github.consentbridge.sync.operations.HistoryReport;
import io.github.consentbridge.sync.operations.OperationsJson;
import io.github.consentbridge.sync.operations.PastExplainer;
import io.github.consentbridge.sync.operations.PersonHistory;
import io.github.consentbridge.sync.report.VisibleText;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Prints a person's history, or what stood at one moment of it. A broken chain is said, and ends with an exit code. */
final class PastPrinter {
    private final Integration integration;
    private final Instant now;
    private final boolean json;
    private final PrintWriter out;

    PastPrinter(Integration integration, Instant now, boolean json, PrintWriter out) {
        this.integration = integration;
        this.now = now;
        this.json = json;
        this.out = out;
    }

    /** @param at the moment; empty for the whole history */
    int print(PersonHistory history, Optional<Instant> at) {
        HistoryChain chain = history.chain(now, integration.historyDays());
        if (at.isPresent()) {
            moment(history, chain, at.get());
        } else {
            whole(history, chain);
        }
        return chain.isUnbroken() ? ExitCode.DONE.number() : ExitCode.FINDINGS.number();
    }

    private void moment(PersonHistory history, HistoryChain chain, Instant at) {
        Explanation then = new PastExplainer(integration).explain(history, chain.entries(), at);
        if (json) {
            out.println(
                    OperationsJson.explanation(then).put("at", at.toString()).put("chain", HistoryReport.chain(chain)));
            return;
        }
        out.println("at " + at.truncatedTo(ChronoUnit.MILLIS) + ", as far as the history says, which is "
                + HistoryReport.chain(chain) + ":");
        if (then.columns().isEmpty()) {
            out.println("no choice of a value that is mapped now is known");
        } else {
            ExplainCommand.columns(then).print(out);
        }
    }

    private void whole(PersonHistory history, HistoryChain chain) {
        HistoryReport report = new HistoryReport(integration);
        if (json) {
            out.println(report.json(history.key(), history.contactId(), chain));
            return;
        }
        chain.entries().forEach(entry -> out.println(VisibleText.of(entry.at() + "  " + report.sentence(entry))));
        out.println(
                chain.isUnbroken()
                        ? "the chain is unbroken: nothing was changed, and only what is older than history_days removed"
                        : "the chain is " + HistoryReport.chain(chain)
                                + ": an entry was removed or changed after it was recorded");
    }
}
