package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.standalone.cli.output.CsvCell;
import io.github.consentbridge.sync.reconciliation.Difference;
import io.github.consentbridge.sync.reconciliation.Difference.Shown;
import io.github.consentbridge.sync.reconciliation.ReconciliationJson;
import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.Totals;
import io.github.consentbridge.sync.reconciliation.Unresolved;
import io.github.consentbridge.sync.report.ColumnRendering;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints what a run finds as it finds it, because the differences may not fit into memory, and shows its progress. */
abstract class ReconciliationPrinter implements ReconciliationListener {
    final PrintWriter out;
    final Progress progress;

    private ReconciliationPrinter(PrintWriter out, Progress progress) {
        this.out = out;
        this.progress = progress;
    }

    @Override
    public final void reading(String subject) {
        progress.reading(subject);
    }

    @Override
    public final void waiting(String why, Duration wait, Duration left) {
        progress.waiting(why, wait, left);
    }

    @Override
    public final void progress(Totals totals, long expected) {
        progress.page(totals, expected);
    }

    /** Takes the report at the end. */
    abstract void report(ReconciliationReport report);

    /**
     * One document, {@code differences} first. It lists at most ten thousand people known on one side only, and as many
     * unresolved differences.
     */
    static final class Json extends ReconciliationPrinter {
        private static final int MAX_NAMED = 10_000;
        private static final String BEGINNING = "{\"differences\":[";

        private boolean first = true;
        private final ArrayNode onlyIn = JsonNodeFactory.instance.arrayNode();
        private final ArrayNode unresolved = JsonNodeFactory.instance.arrayNode();

        Json(PrintWriter out, Progress progress) {
            super(out, progress);
        }

        @Override
        public void found(Difference difference) {
            out.print((first ? BEGINNING : ",") + ReconciliationJson.difference(difference));
            first = false;
        }

        @Override
        public void onlyIn(Side side, String key) {
            if (onlyIn.size() < MAX_NAMED) {
                onlyIn.add(ReconciliationJson.onlyIn(side, key));
            }
        }

        @Override
        public void unresolved(Unresolved differing) {
            if (unresolved.size() < MAX_NAMED) {
                unresolved.add(ReconciliationJson.unresolved(differing));
            }
        }

        @Override
        void report(ReconciliationReport report) {
            ObjectNode node = ReconciliationJson.report(report);
            node.set("only_in_people", onlyIn);
            node.set("unresolved", unresolved);
            out.println((first ? BEGINNING : "") + "]," + node.toString().substring(1));
        }
    }

    /** A header and one line per difference; RFC 4180. */
    static final class Csv extends ReconciliationPrinter {
        Csv(PrintWriter out, Progress progress) {
            super(out, progress);
            row(
                    "key",
                    "contact_id",
                    "mapping",
                    "side",
                    "didomi_value",
                    "didomi_at",
                    "dynamics_value",
                    "dynamics_at",
                    "winner",
                    "reason",
                    "applied",
                    "column_value");
        }

        @Override
        public void found(Difference difference) {
            row(
                    difference.key(),
                    Objects.toString(difference.contactId(), ""),
                    difference.mapping(),
                    difference.side().word(),
                    value(difference.didomi(), ""),
                    Objects.toString(difference.didomi().at(), ""),
                    value(difference.dynamics(), ""),
                    Objects.toString(difference.dynamics().at(), ""),
                    difference.winner().word(),
                    difference.reason(),
                    String.valueOf(difference.applied()),
                    Objects.toString(difference.columnValue(), ""));
        }

        private void row(String... cells) {
            out.print(List.of(cells).stream().map(CsvCell::of).collect(Collectors.joining(",")) + "\r\n");
            out.flush();
        }

        @Override
        void report(ReconciliationReport report) {
            // CSV holds the differences only.
        }
    }

    /** One line per difference, and a summary. */
    static final class Text extends ReconciliationPrinter {
        Text(PrintWriter out, Progress progress) {
            super(out, progress);
        }

        @Override
        public void found(Difference difference) {
            line(String.format(
                    "%s %s: Didomi %s, Dynamics %s -> %s%s, %s",
                    difference.key(),
                    difference.mapping(),
                    shown(difference.didomi()),
                    dynamics(difference.mapping(), difference.dynamics(), difference.columnValue()),
                    difference.winner().word(),
                    difference.applied() ? " (done)" : "",
                    difference.reason()));
        }

        @Override
        public void unresolved(Unresolved unresolved) {
            line(String.format(
                    "%s %s unresolved: Didomi %s, Dynamics %s; %s",
                    unresolved.key(),
                    unresolved.mapping(),
                    shown(unresolved.didomi()),
                    dynamics(unresolved.mapping(), unresolved.dynamics(), unresolved.columnValue()),
                    unresolved.reason()));
        }

        @Override
        public void onlyIn(Side side, String key) {
            line(key + " only in " + side.label());
        }

        @Override
        public void failed(String key, String reason) {
            line(key + " failed: " + reason);
        }

        /** Nothing if the run did not find out: 0 would be untrue. */
        private static String onlyIn(ReconciliationReport report, Side side, String text, long number) {
            return report.request().countsOnlyIn(side) ? String.format(Locale.ROOT, text, number) : "";
        }

        private void line(String text) {
            progress.clear();
            out.println(Table.printable(text));
        }

        private static String shown(Shown shown) {
            return ColumnRendering.words(shown.value()) + since(shown);
        }

        /** With what the column holds, which is something else for an inverted column or one with options. */
        private static String dynamics(String column, Shown shown, @Nullable Object columnValue) {
            String held = columnValue == null ? column + " is empty" : column + " = " + columnValue;
            return "%s (%s)%s".formatted(ColumnRendering.words(shown.value()), held, since(shown));
        }

        private static String since(Shown shown) {
            return shown.at() == null ? "" : " since " + shown.at();
        }

        @Override
        void report(ReconciliationReport report) {
            Totals totals = report.totals();
            out.printf(
                    Locale.ROOT,
                    "%s scan%s: %,d Didomi users and %,d contacts read, %,d differences, %,d repaired,%s%s %,d unresolved,"
                            + " %,d failed; %,d requests to Didomi, %,d to Dataverse, %.1f s%n",
                    report.request().scan().word(),
                    report.request().dryRun() ? " (dry run)" : "",
                    totals.didomi(),
                    totals.dynamics(),
                    totals.differences(),
                    totals.changed(),
                    onlyIn(report, Side.DIDOMI, " %,d people only in Didomi,", totals.onlyInDidomi()),
                    onlyIn(report, Side.DYNAMICS, " %,d contacts only in Dynamics,", totals.onlyInDynamics()),
                    totals.unresolved(),
                    totals.failed(),
                    report.didomiRequests(),
                    report.dataverseRequests(),
                    report.time().toMillis() / 1000.0);
            if (totals.ignored() > 0) {
                out.printf(
                        Locale.ROOT,
                        "%,d users and contacts were left out: their organization user id is one of ignored_keys%n",
                        totals.ignored());
            }
            report.registration().forEach(this::line);
            if (report.stopped().isPresent()) {
                out.println("stopped: " + report.stopped().get());
            } else if (!report.finished()) {
                out.println("not finished: repeat the command to continue where it ended");
            }
        }
    }

    /** @param none shown where the side shows nothing */
    private static String value(Shown shown, String none) {
        return shown.value() == null ? none : Table.text(shown.value());
    }
}
