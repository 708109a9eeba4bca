package io.github.consentbridge.sync.rights;

import static io.github.consentbridge.sync.rights.HtmlText.paragraph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An export as one page to print or to hand over to the person. It loads nothing and contains no script; whatever comes from
 * elsewhere is escaped.
 */
public final class ExportPage {
    private static final String STYLE = """
            @page { size: A4; margin: 18mm 16mm; }
            body { font: 10.5pt/1.45 system-ui, "Segoe UI", "Liberation Sans", sans-serif; color: #1a1a1a; background: #fff;
                   max-width: 178mm; margin: 10mm auto; padding: 0 4mm; overflow-wrap: anywhere; }
            h1 { font-size: 19pt; line-height: 1.2; margin: 0 0 6mm; }
            h2 { font-size: 13.5pt; margin: 9mm 0 2mm; padding-bottom: 1mm; border-bottom: 0.4mm solid #1a1a1a; }
            h3 { font-size: 11pt; margin: 4mm 0 1mm; } h4 { font-size: 10.5pt; margin: 4mm 0 1mm; }
            h2, h3, h4 { break-after: avoid; }
            p { margin: 0 0 2mm; } ul, ol { margin: 0 0 3mm; padding-left: 6mm; } li { margin: 0 0 1mm; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: 1mm 6mm; margin: 0 0 5mm; }
            dt { font-weight: 600; } dd { margin: 0; }
            table { border-collapse: collapse; width: 100%; margin: 0 0 3mm; }
            th, td { text-align: left; vertical-align: top; padding: 1mm 2mm; border: 0.2mm solid #999; }
            th { background: #eee; } tr, .choice { break-inside: avoid; }
            code, pre { font-family: ui-monospace, "Liberation Mono", monospace; font-size: 9pt; }
            pre { white-space: pre-wrap; background: #f5f5f5; border: 0.2mm solid #ccc; padding: 2mm; margin: 0 0 4mm;
                  font-size: 8pt; line-height: 1.35; }
            time { color: #555; font-variant-numeric: tabular-nums; }
            .warning { border-left: 1.2mm solid #b00020; padding: 1mm 3mm; background: #fdeeee; }
            @media print { body { margin: 0; padding: 0; max-width: none; } }
            """;

    private final JsonNode export;

    /** @param export as {@link PersonExporter} makes it */
    public ExportPage(ObjectNode export) {
        this.export = export;
    }

    /** The page, in UTF-8. */
    public String html() {
        String key = HtmlText.of(export.path("key").asText());
        ExportedChoices choices = new ExportedChoices(export);
        ExportedSystems systems = new ExportedSystems(export);
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width\">\n"
                + "<meta name=\"robots\" content=\"noindex\">\n"
                + "<title>Consents stored about " + key + "</title>\n<style>\n" + STYLE + "</style></head>\n<body>\n"
                + header(key)
                + section("1. Choices that stand now", choices.standing())
                + section("2. How they came about", choices.history())
                + section("3. Deliveries that wait or failed", new ExportedDeliveries(export).html())
                + section("4. What Didomi shows now", systems.didomi())
                + section("5. What Dynamics shows now", systems.dynamics())
                + section("6. Who looked at these data", accesses())
                + section("7. How long data are kept, and where else they may be", elsewhere())
                + section("8. The entry in the consent ledger, as it is stored", HtmlText.json(export.path("ledger")))
                + "</body></html>\n";
    }

    private static String section(String title, String html) {
        return "<h2>" + title + "</h2>\n" + html;
    }

    private String header(String key) {
        return "<h1>What is stored about a person’s consents</h1>\n<dl>\n"
                + fact("Organization user id", key)
                + fact(
                        "Contact in Dynamics",
                        HtmlText.of(export.path("contact_id").asText("none is known")))
                + fact("Made", HtmlText.time(export.path("exported_at")))
                + fact("Made by", HtmlText.of(export.path("exported_by").asText()))
                + "</dl>\n"
                + paragraph(
                        "Consent Bridge carries the choices that a person makes about consent between Didomi, where people"
                                + " choose, and Microsoft Dynamics 365, where staff act on the choices. This document contains"
                                + " everything that the bridge stores about the person named above, and what both systems showed"
                                + " when it was made. All times are in UTC.")
                + erased()
                + warnings();
    }

    private static String fact(String name, String html) {
        return "<dt>" + name + "</dt><dd>" + html + "</dd>\n";
    }

    private String erased() {
        return export.path("erased_at").isTextual()
                ? paragraph("This person was erased at " + HtmlText.time(export.path("erased_at"))
                        + ". Choices made before that are no longer used; what follows came later, or is kept as"
                        + " described in section 7.")
                : "";
    }

    private String warnings() {
        return (export.path("didomi").has(PersonExport.ERROR)
                        ? ExportedSystems.unreadable("Didomi", export.path("didomi"))
                        : "")
                + (export.path("dynamics").has(PersonExport.ERROR)
                        ? ExportedSystems.unreadable("Dynamics", export.path("dynamics"))
                        : "");
    }

    private String accesses() {
        StringBuilder html = new StringBuilder("<table>\n" + HtmlText.row("th", "When", "What", "By", "Reason"));
        export.path("accesses")
                .forEach(access -> html.append(HtmlText.row(
                        "td",
                        HtmlText.time(access.path("at")),
                        HtmlText.of(access.path("kind").asText().replace('_', ' ')),
                        HtmlText.of(access.path("by").asText()) + ", "
                                + HtmlText.of(access.path("means").asText().replace('_', ' ')),
                        HtmlText.of(access.path("reason").asText("–")))));
        return html.append("</table>\n").toString();
    }

    private String elsewhere() {
        StringBuilder html = new StringBuilder("<ul>\n");
        export.path("elsewhere")
                .forEach(sentence -> html.append("<li>")
                        .append(HtmlText.of(sentence.asText()))
                        .append(".</li>\n"));
        return html.append("</ul>\n").toString();
    }
}
