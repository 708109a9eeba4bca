package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.sync.registration.RegistrationReport;
import java.io.PrintWriter;
import java.util.List;

/** Prints what was done with the webhooks. */
final class RegistrationPrinter {
    private final PrintWriter out;

    RegistrationPrinter(PrintWriter out) {
        this.out = out;
    }

    void print(RegistrationReport report, boolean json) {
        if (json) {
            out.println(json(report));
        } else {
            printText(report);
        }
    }

    private static ObjectNode json(RegistrationReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        add(node.putArray("created"), report.created());
        add(node.putArray("changed"), report.changed());
        add(node.putArray("removed"), report.removed());
        add(node.putArray("unchanged"), report.unchanged());
        add(node.putArray("by_hand"), report.byHand());
        return node.put("reminder", RegistrationReport.REMINDER);
    }

    private static void add(ArrayNode list, List<String> sentences) {
        sentences.forEach(list::add);
    }

    private void printText(RegistrationReport report) {
        printLines(report.created());
        printLines(report.changed());
        printLines(report.removed());
        printLines(report.unchanged());
        if (!report.byHand().isEmpty()) {
            out.println();
            out.println("To do by hand:");
            for (int step = 0; step < report.byHand().size(); step++) {
                out.println((step + 1) + ". " + Table.printable(report.byHand().get(step)));
            }
        }
        out.println();
        out.println(RegistrationReport.REMINDER);
    }

    private void printLines(List<String> sentences) {
        sentences.forEach(sentence -> out.println(Table.printable(sentence)));
    }
}
