package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints what a run finds as it finds it: the differences may not fit into memory. */
interface ReconciliationPrinter {
    /** Takes one line of a run: a difference, a failure or its progress. */
    void line(ObjectNode line);

    /** Takes the report at the end. */
    void report(ObjectNode report);

    /**
     * One document, {@code differences} first. It lists at most ten thousand people known on one side only, and as many
     * unresolved differences.
     */
    final class Json implements ReconciliationPrinter {
        private static final int MAX_NAMED = 10_000;
        private static final String BEGINNING = "{\"differences\":[";

        private final PrintWriter out;
        private boolean first = true;
        private final ArrayNode onlyIn = JsonNodeFactory.instance.arrayNode();
        private final ArrayNode unresolved = JsonNodeFactory.instance.arrayNode();

        Json(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void line(ObjectNode line) {
            if (line.has("found")) {
                out.print((first ? BEGINNING : ",") + line.get("found"));
                first = false;
            } else if (line.has("only_in") && onlyIn.size() < MAX_NAMED) {
                onlyIn.add(line.get("only_in"));
            } else if (line.has("unresolved") && unresolved.size() < MAX_NAMED) {
                unresolved.add(line.get("unresolved"));
            }
        }

        @Override
        public void report(ObjectNode report) {
            report.set("only_in_people", onlyIn);
            report.set("unresolved", unresolved);
            out.println((first ? BEGINNING : "") + "]," + report.toString().substring(1));
        }
    }

    /** A header and one line per difference; RFC 4180. */
    final class Csv implements ReconciliationPrinter {
        private static final List<String> POINTERS = List.of(
                "/key",
                "/contact_id",
                "/mapping",
                "/side",
                "/didomi/value",
                "/didomi/at",
                "/dynamics/value",
                "/dynamics/at",
                "/winner",
                "/reason",
                "/applied");

        private final PrintWriter out;

        Csv(PrintWriter out) {
            this.out = out;
            row(POINTERS.stream()
                    .map(pointer -> pointer.substring(1).replace('/', '_'))
                    .toList());
        }

        @Override
        public void line(ObjectNode line) {
            if (line.has("found")) {
                row(POINTERS.stream()
                        .map(pointer -> cell(line.get("found").at(pointer)))
                        .toList());
            }
        }

        private static String cell(JsonNode value) {
            return value.isNull() ? "" : Table.text(value);
        }

        private void row(List<String> cells) {
            out.print(cells.stream().map(Csv::quoted).collect(Collectors.joining(",")) + "\r\n");
            out.flush();
        }

        /** Quotes; a cell that a spreadsheet would take for a formula becomes text. */
        private static String quoted(String cell) {
            String text = cell.matches("[=+@\\-\t\r].*") ? "'" + cell : cell;
            return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
        }

        @Override
        public void report(ObjectNode report) {
            // CSV holds the differences only.
        }
    }

    /** One line per difference, and a summary. */
    final class Text implements ReconciliationPrinter {
        private final PrintWriter out;

        Text(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void line(ObjectNode line) {
            if (line.has("found")) {
                JsonNode found = line.get("found");
                out.println(Table.printable(String.format(
                        "%s %s: Didomi %s, Dynamics %s -> %s, %s",
                        found.path("key").asText(),
                        found.path("mapping").asText(),
                        shown(found.path("didomi")),
                        shown(found.path("dynamics")),
                        found.path("winner").asText() + (found.path("applied").booleanValue() ? " (done)" : ""),
                        found.path("reason").asText())));
            } else if (line.has("unresolved")) {
                JsonNode differing = line.get("unresolved");
                out.println(Table.printable(String.format(
                        "%s %s unresolved: Didomi %s, Dynamics %s; %s",
                        differing.path("key").asText(),
                        differing.path("mapping").asText(),
                        shown(differing.path("didomi")),
                        shown(differing.path("dynamics")),
                        differing.path("reason").asText())));
            } else if (line.has("only_in")) {
                out.println(Table.printable(line.at("/only_in/key").asText() + " only in "
                        + (line.at("/only_in/side").asText().equals("didomi") ? "Didomi" : "Dynamics")));
            } else if (line.has("failed")) {
                out.println(Table.printable(line.at("/failed/key").asText() + " failed: "
                        + line.at("/failed/reason").asText()));
            }
        }

        private static String shown(JsonNode shown) {
            JsonNode value = shown.path("value");
            String text = value.isNull() ? "nothing" : Table.text(value);
            return shown.path("at").isTextual()
                    ? text + " since " + shown.path("at").asText()
                    : text;
        }

        @Override
        public void report(ObjectNode report) {
            out.printf(
                    Locale.ROOT,
                    "%s scan%s: %,d Didomi users and %,d contacts read, %,d differences, %,d repaired, %,d people only in"
                            + " Didomi, %,d contacts only in Dynamics, %,d unresolved, %,d failed; %,d requests to Didomi, %,d to"
                            + " Dataverse, %.1f s%n",
                    report.path("scan").asText(),
                    report.path("dry_run").booleanValue() ? " (dry run)" : "",
                    report.at("/read/didomi").asLong(),
                    report.at("/read/dynamics").asLong(),
                    report.path("differences_found").asLong(),
                    report.path("changed").asLong(),
                    report.at("/only_in/didomi").asLong(),
                    report.at("/only_in/dynamics").asLong(),
                    report.path("unresolved_found").asLong(),
                    report.path("failed").asLong(),
                    report.at("/requests/didomi").asLong(),
                    report.at("/requests/dataverse").asLong(),
                    report.path("seconds").asDouble());
            report.path("registration").forEach(sentence -> out.println(Table.printable(sentence.asText())));
            if (report.path("stopped").isTextual()) {
                out.println("stopped: " + report.path("stopped").asText());
            } else if (!report.path("finished").booleanValue()) {
                out.println("not finished: repeat the command to continue where it ended");
            }
        }
    }
}
