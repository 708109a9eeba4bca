package io.github.consentbridge.sync.rights;

import static io.github.consentbridge.sync.rights.HtmlText.paragraph;

import com.fasterxml.jackson.databind.JsonNode;

/** The deliveries in an export as HTML: those that wait, that failed, and that were given up. */
final class ExportedDeliveries {
    private final JsonNode export;

    ExportedDeliveries(JsonNode export) {
        this.export = export;
    }

    String html() {
        return waiting() + failed() + discarded();
    }

    private String waiting() {
        JsonNode waiting = export.path("waiting");
        if (waiting.isNull()) {
            return paragraph(HtmlText.of(export.path("waiting_note").asText()) + ".");
        }
        if (waiting.isEmpty()) {
            return paragraph("No delivery of this person waits to be applied.");
        }
        StringBuilder html = new StringBuilder();
        waiting.forEach(delivery -> html.append(paragraph(delivery(delivery)
                        + " waits to be applied."
                        + (delivery.path("last_failure").isTextual()
                                ? " It has failed before: "
                                        + HtmlText.of(
                                                delivery.path("last_failure").asText()) + "."
                                : "")))
                .append(body(delivery)));
        return html.toString();
    }

    private String failed() {
        JsonNode letters = export.path("dead_letters");
        if (letters.isEmpty()) {
            return paragraph("No delivery of this person has failed for good.");
        }
        StringBuilder html = new StringBuilder();
        letters.forEach(letter -> html.append(paragraph(delivery(letter)
                        + " could not be applied and is kept until it is put back into the queue or given up. The reason: "
                        + HtmlText.of(letter.path("reason").asText()) + "."))
                .append(body(letter)));
        return html.toString();
    }

    private static String delivery(JsonNode delivery) {
        return "Delivery <code>" + HtmlText.of(delivery.path("id").asText()) + "</code>, received from "
                + HtmlText.side(delivery.path("side")) + " at " + HtmlText.time(delivery.path("received_at")) + ",";
    }

    private static String body(JsonNode delivery) {
        return paragraph("Its content, as it was received:") + "<pre>"
                + HtmlText.of(delivery.path("body").asText()) + "</pre>\n";
    }

    private String discarded() {
        JsonNode records = export.path("discarded");
        if (records.isNull()) {
            return paragraph(HtmlText.of(export.path("discarded_note").asText()) + ".");
        }
        StringBuilder html = new StringBuilder();
        records.forEach(record -> html.append(paragraph(delivery(record) + " was given up by "
                + HtmlText.of(record.path("by").asText()) + " at " + HtmlText.time(record.path("discarded_at"))
                + " and removed. The reason given: "
                + HtmlText.of(record.path("reason").asText()) + ".")));
        return html.toString();
    }
}
