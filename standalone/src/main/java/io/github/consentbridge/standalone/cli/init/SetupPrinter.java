package io.github.consentbridge.standalone.cli.init;

import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import io.github.consentbridge.standalone.cli.Table;
import io.github.consentbridge.sync.report.VisibleText;
import io.github.consentbridge.sync.setup.ColumnChoice;
import io.github.consentbridge.sync.setup.MappableValue;
import io.github.consentbridge.sync.setup.Proposal;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Shows what both systems have, and what is proposed. */
final class SetupPrinter {
    private final PrintWriter out;

    SetupPrinter(PrintWriter out) {
        this.out = out;
    }

    void values(List<MappableValue> values) {
        out.println();
        Table table = new Table("DIDOMI", "NAME", "VALUES");
        values.forEach(value -> table.row(
                VisibleText.of(value.id()),
                VisibleText.of(
                        value.names().size() < 2 ? value.id() : value.names().get(1)),
                value.isPurpose() ? "yes, no" : answers(value)));
        table.print(out);
    }

    private static String answers(MappableValue value) {
        return value.keys().entrySet().stream()
                        .map(answer -> named(answer.getKey(), answer.getValue()))
                        .collect(Collectors.joining(", "))
                + (value.several() ? "; several" : "");
    }

    /** Columns that can show an answer; text, numbers and dates would hide them. */
    void columns(List<LabelledColumn> columns) {
        out.println();
        List<LabelledColumn> writable =
                columns.stream().filter(ColumnChoice::isWritable).toList();
        List<LabelledColumn> shown =
                writable.stream().filter(SetupPrinter::showsAnswers).toList();
        Table table = new Table("COLUMN OF CONTACT", "LABEL", "TYPE", "OPTIONS");
        shown.forEach(column -> table.row(
                column.name(), VisibleText.of(column.label()), type(column), VisibleText.of(options(column))));
        table.print(out);
        if (writable.size() > shown.size()) {
            out.println("Not shown: " + (writable.size() - shown.size()) + " writable columns of other types.");
        }
    }

    private static boolean showsAnswers(LabelledColumn column) {
        return column.metadata().type().equals("BooleanType") || ColumnChoice.hasOptions(column);
    }

    private static String type(LabelledColumn column) {
        return switch (column.metadata().type()) {
            case "BooleanType" -> "yes/no";
            case "PicklistType" -> "choice";
            case "MultiSelectPicklistType" -> "choices";
            default -> "text";
        };
    }

    static String options(LabelledColumn column) {
        return column.options().keySet().stream()
                .map(number -> number + " " + column.optionLabel(number))
                .collect(Collectors.joining(", "));
    }

    void choice(ColumnChoice choice) {
        LabelledColumn column = choice.column();
        String shown = choice.value().title() + " -> " + named(column.name(), column.label()) + ", " + type(column)
                + (choice.invert() ? ", inverted: yes means refusal" : "")
                + (choice.options().isEmpty() ? "" : ", " + options(choice.options(), column))
                + "; " + choice.resemblance().words();
        out.println(VisibleText.of(shown));
        choice.unmatched()
                .forEach((id, name) ->
                        out.println(VisibleText.of("    no option of the column is called like " + named(id, name))));
    }

    private static String options(Map<String, Integer> options, LabelledColumn column) {
        return new TreeMap<>(options)
                .entrySet().stream()
                        .map(option -> option.getKey() + " = " + option.getValue() + " "
                                + column.optionLabel(option.getValue()))
                        .collect(Collectors.joining(", "));
    }

    void leftOut(List<Proposal> proposals) {
        if (!proposals.isEmpty()) {
            out.println();
            out.println("Left out; add them to the integration document if they belong in Dynamics:");
            proposals.forEach(proposal ->
                    out.println(VisibleText.of("  " + proposal.value().title() + ": " + proposal.whyLeftOut())));
        }
    }

    private static String named(String id, String name) {
        return id.equals(name) ? id : id + " (" + name + ")";
    }
}
