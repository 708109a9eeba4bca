package io.github.consentbridge.standalone.cli.explain;

import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.standalone.cli.OperatorCommand;
import io.github.consentbridge.standalone.cli.Table;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.sync.operations.Explanation;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.operations.OperationsJson;
import io.github.consentbridge.sync.operations.PersonHistory;
import io.github.consentbridge.sync.rights.AccessKind;
import io.github.consentbridge.sync.rights.Requester;
import io.github.consentbridge.sync.rights.Requester.Means;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains one person. */
@Command(
        name = "explain",
        description =
                "Explains why a person's values are what they are: where and when each choice was made, and why it"
                        + " stands.",
        mixinStandardHelpOptions = true)
public final class ExplainCommand extends OperatorCommand {
    @Parameters(paramLabel = "KEY", description = "the organization user id")
    private String key;

    @ArgGroup
    private @Nullable When when;

    /** The past instead of what stands now. */
    private static final class When {
        @Option(names = "--history", description = "show how it came about: each choice, write and event, in order")
        private boolean history;

        @Option(
                names = "--at",
                paramLabel = "TIME",
                converter = MomentConverter.class,
                description =
                        "show which choice stood then, and what each side showed, for example 2026-05-03T09:30:00Z; a date"
                                + " alone is the end of that day in UTC")
        private @Nullable Instant at;
    }

    @Override
    public Integer call() {
        return when == null ? explainNow() : explainPast(when);
    }

    /** Before anything is shown: if it fails, nothing is. */
    private void record(Operations operations) {
        operations.recordAccess(AccessKind.LOOKED_AT, key, Requester.thisUser(Means.COMMAND_LINE));
    }

    private int explainPast(When asked) {
        OperatorHost host = OperatorHost.of(options);
        Optional<PersonHistory> history = host.onExistingStores(operations -> {
            record(operations);
            return operations.history(key);
        });
        if (history.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "no history of this organization user id is kept: check its spelling, or search with find");
            return ExitCode.FINDINGS.number();
        }
        return new PastPrinter(host.integration(), Clock.systemUTC().instant(), json, out())
                .print(history.get(), asked.history ? Optional.empty() : Optional.ofNullable(asked.at));
    }

    private int explainNow() {
        Optional<Explanation> explanation = OperatorHost.of(options).onExistingStores(operations -> {
            record(operations);
            return operations.explain(key);
        });
        if (explanation.isEmpty()) {
            String waiting = OperatorHost.isOnAws(options) ? " (" + Explanation.NOT_SEARCHABLE + ")" : "";
            spec.commandLine()
                    .getErr()
                    .println("there is no data about this organization user id: check its spelling, or search with find"
                            + waiting);
            return ExitCode.FINDINGS.number();
        }
        if (json) {
            out().println(OperationsJson.explanation(explanation.get()));
        } else {
            print(explanation.get(), out());
        }
        return ExitCode.DONE.number();
    }

    private static void print(Explanation person, PrintWriter out) {
        if (person.erasedAt() != null) {
            out.println("erased, in Didomi or here, at " + person.erasedAt() + "; only choices made later are kept");
        }
        out.println("contact " + (person.contactId() == null ? "(none found)" : person.contactId()));
        if (!person.columns().isEmpty()) {
            columns(person).print(out);
        }
        waiting(person, out);
        if (!person.deadLetters().isEmpty()) {
            out.println("not applied, and in the dead letters:");
            deadLetters(person).print(out);
        }
    }

    static Table columns(Explanation person) {
        Table table = new Table("CHOICE", "DECIDED AT", "BY", "DELIVERY", "DIDOMI", "DYNAMICS LAST SHOWED", "WHY");
        person.columns().forEach(column -> {
            Optional<Decision> decision = Optional.ofNullable(column.decision());
            table.row(
                    column.choice(),
                    Table.cell(decision.map(Decision::decidedAt)),
                    Table.cell(decision.map(made -> made.side().word())),
                    Table.cell(decision.map(Decision::delivery)),
                    column.inDidomiWords(),
                    column.shown(Map.of()),
                    column.reason());
        });
        return table;
    }

    private static void waiting(Explanation person, PrintWriter out) {
        if (person.waiting().isEmpty()) {
            out.println(Explanation.NOT_SEARCHABLE);
            return;
        }
        List<Explanation.Waiting> waiting = person.waiting().get();
        if (waiting.isEmpty()) {
            return;
        }
        out.println(waiting.size() == 1 ? "1 delivery waits:" : waiting.size() + " deliveries wait:");
        Table table = new Table("DELIVERY", "SIDE", "RECEIVED AT", "ATTEMPTS", "LAST FAILURE");
        waiting.forEach(delivery -> table.row(
                delivery.id(),
                delivery.side().word(),
                delivery.receivedAt().toString(),
                Integer.toString(delivery.attempts()),
                Table.cell(Optional.ofNullable(delivery.lastFailure()))));
        table.print(out);
    }

    private static Table deadLetters(Explanation person) {
        Table table = new Table("DELIVERY", "SIDE", "RECEIVED AT", "REASON");
        person.deadLetters()
                .forEach(letter -> table.row(
                        letter.id(), letter.side().word(), letter.receivedAt().toString(), letter.reason()));
        return table;
    }
}
