package io.github.consentbridge.sync.rights;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.sync.report.VisibleText;
import java.util.regex.Pattern;

/** Values as a page shows them, escaped. */
final class HtmlText {
    private static final Pattern TIME =
            Pattern.compile("(\\d{4}-\\d{2}-\\d{2})T(\\d{2}:\\d{2}(?::\\d{2})?)(?:\\.\\d+)?Z");

    private HtmlText() {}

    /**
     * Text that means nothing to a browser: markup is escaped, and characters that would not be seen, or would reorder others,
     * are shown as {@code \\u202e}.
     */
    static String of(String text) {
        StringBuilder html = new StringBuilder(text.length());
        text.codePoints().forEach(point -> append(html, point));
        return html.toString();
    }

    private static void append(StringBuilder html, int point) {
        switch (point) {
            case '&' -> html.append("&amp;");
            case '<' -> html.append("&lt;");
            case '>' -> html.append("&gt;");
            case '"' -> html.append("&quot;");
            case '\'' -> html.append("&#39;");
            case '\n' -> html.append('\n');
            default -> VisibleText.append(html, point);
        }
    }

    /** A sentence or a time, in which times read {@code 2026-03-01 07:30:00 UTC}. */
    static String withTimes(String text) {
        return of(TIME.matcher(text).replaceAll("$1 $2 UTC"));
    }

    /** A time of a report; a dash if there is none. */
    static String time(JsonNode node) {
        return node.isTextual() ? withTimes(node.textValue()) : "–";
    }

    /** A value in Didomi's terms. */
    static String value(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue() ? "granted" : "refused";
        }
        return value.isNull() || value.isMissingNode() ? "nothing" : plain(value);
    }

    /** What a column holds. */
    static String column(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? "empty" : plain(value);
    }

    private static String plain(JsonNode value) {
        return of(value.isValueNode() ? value.asText() : value.toString());
    }

    /** {@code Didomi} or {@code Dynamics}. */
    static String side(JsonNode side) {
        return side.asText().equals("didomi") ? "Didomi" : "Dynamics";
    }

    static String paragraph(String html) {
        return "<p>" + html + "</p>\n";
    }

    /** A table with a header; {@code cells} are HTML. */
    static String row(String element, String... cells) {
        StringBuilder row = new StringBuilder("<tr>");
        for (String cell : cells) {
            row.append('<')
                    .append(element)
                    .append('>')
                    .append(cell)
                    .append("</")
                    .append(element)
                    .append('>');
        }
        return row.append("</tr>\n").toString();
    }

    /** JSON as it was read or stored, to look at. */
    static String json(JsonNode node) {
        return "<pre>" + of(node.toPrettyString()) + "</pre>\n";
    }
}
