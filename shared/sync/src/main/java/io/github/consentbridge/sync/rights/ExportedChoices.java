package io.github.consentbridge.sync.rights;

import static io.github.consentbridge.sync.rights.HtmlText.paragraph;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.sync.report.ColumnRendering;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The choices in an export as HTML: those that stand, and how they came about. */
final class ExportedChoices {
    private final JsonNode export;

    ExportedChoices(JsonNode export) {
        this.export = export;
    }

    /** One block for each purpose or preference; several columns may show it. */
    String standing() {
        Map<String, List<JsonNode>> byValue = new LinkedHashMap<>();
        for (JsonNode register : export.path("registers")) {
            String name = words(register) + " (" + register.path("regulation").asText() + ")";
            byValue.computeIfAbsent(name, none -> new ArrayList<>()).add(register);
        }
        if (byValue.isEmpty()) {
            return paragraph("No choice of this person is stored.");
        }
        StringBuilder html = new StringBuilder();
        byValue.forEach((name, registers) -> html.append(block(name, registers)));
        return html.toString();
    }

    private static String words(JsonNode register) {
        return ColumnRendering.words(
                DidomiPath.ofKey(register.path("didomi_value").asText()));
    }

    private static String block(String name, List<JsonNode> registers) {
        JsonNode first = registers.get(0);
        StringBuilder html = new StringBuilder("<section class=\"choice\"><h3>" + HtmlText.of(name) + ": "
                + (first.path("value").isNull() ? "no choice" : HtmlText.value(first.path("value"))) + "</h3>\n<ul>\n");
        if (!first.path("value").isNull()) {
            html.append("<li>Chosen in ")
                    .append(HtmlText.side(first.path("side")))
                    .append(" at ")
                    .append(HtmlText.time(first.path("decided_at")))
                    .append(reported(first.path("delivery").asText()))
                    .append(".</li>\n<li>Why it stands: ")
                    .append(HtmlText.withTimes(first.path("reason").asText()))
                    .append(".</li>\n");
        }
        html.append("<li>Didomi last showed: ")
                .append(HtmlText.value(first.path("didomi_shows")))
                .append(".</li>\n");
        registers.forEach(register -> html.append(column(register)));
        return html.append("</ul></section>\n").toString();
    }

    /** Where no delivery reported a choice, the reason says so. */
    private static String reported(String delivery) {
        return delivery.equals(Decision.UNREPORTED)
                ? ""
                : ", reported by delivery <code>" + HtmlText.of(delivery) + "</code>";
    }

    private static String column(JsonNode register) {
        String name = "<li>The contact’s column <code>"
                + HtmlText.of(register.path("mapping").asText()) + "</code> ";
        return register.path("dynamics_known").booleanValue()
                ? name + "last showed: " + HtmlText.value(register.path("dynamics_shows")) + " (the column holds: "
                        + HtmlText.column(register.path("column_value")) + ").</li>\n"
                : name + "has not been read yet.</li>\n";
    }

    /** The history in order, and whether it is whole. */
    String history() {
        JsonNode entries = export.path("history");
        StringBuilder html = new StringBuilder();
        if (entries.isEmpty()) {
            html.append(paragraph("No history of this person is stored."));
        } else {
            html.append("<ol>\n");
            entries.forEach(entry -> html.append("<li><time>")
                    .append(HtmlText.time(entry.path("at")))
                    .append("</time> ")
                    .append(HtmlText.withTimes(entry.path("sentence").asText()))
                    .append("</li>\n"));
            html.append("</ol>\n");
        }
        return html.append(chain(export.path("chain").asText(), entries.isEmpty()))
                .toString();
    }

    private static String chain(String chain, boolean empty) {
        if (chain.equals("unbroken")) {
            return empty
                    ? ""
                    : paragraph(
                            "<strong>The chain is unbroken.</strong> Each entry contains a checksum of the one before, and the"
                                    + " ledger that of the last one. They agree: no entry was changed, and none is missing except"
                                    + " those whose time of storage was over. A person who can write to the store and computes"
                                    + " all checksums anew would not be noticed.");
        }
        return paragraph(
                "<strong>The chain is " + HtmlText.of(chain) + ".</strong> From this entry on, an entry was changed"
                        + " or removed after it was recorded. What the history says is not certain.");
    }
}
