package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.sync.registration.RegistrationReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;

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
        report.created().forEach(node.putArray("created")::add);
        report.changed().forEach(node.putArray("changed")::add);
        report.removed().forEach(node.putArray("removed")::add);
        report.unchanged().forEach(node.putArray("unchanged")::add);
        report.byHand().forEach(node.putArray("by_hand")::add);
        return node.put("reminder", RegistrationReport.REMINDER);
    }

    private void printText(RegistrationReport report) {
        Stream.of(report.created(), report.changed(), report.removed(), report.unchanged())
                .flatMap(List::stream)
                .forEach(sentence -> out.println(Table.printable(sentence)));
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
}
