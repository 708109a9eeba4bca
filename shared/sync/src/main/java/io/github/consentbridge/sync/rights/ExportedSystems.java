package io.github.consentbridge.sync.rights;

import static io.github.consentbridge.sync.rights.HtmlText.paragraph;

import com.fasterxml.jackson.databind.JsonNode;

/** What both systems show, in an export as HTML. */
final class ExportedSystems {
    private final JsonNode export;

    ExportedSystems(JsonNode export) {
        this.export = export;
    }

    String didomi() {
        JsonNode users = export.path("didomi");
        if (users.has(PersonExport.ERROR)) {
            return unreadable("Didomi", users);
        }
        if (users.isEmpty()) {
            return paragraph("Didomi has no user with this organization user id.");
        }
        StringBuilder html = new StringBuilder(paragraph("Didomi has "
                + (users.size() == 1 ? "one user" : users.size() + " users") + " with this organization user id."));
        users.forEach(user -> html.append(user(user)));
        return html.toString();
    }

    private static String user(JsonNode user) {
        StringBuilder html = new StringBuilder("<h4>Didomi user <code>"
                + HtmlText.of(user.path("id").asText()) + "</code>, changed last at "
                + HtmlText.time(user.path("updated_at")) + "</h4>\n");
        JsonNode purposes = user.path("consents").path("purposes");
        if (!purposes.isEmpty()) {
            html.append("<ul>\n");
            purposes.forEach(purpose -> html.append("<li>")
                    .append(HtmlText.of(purpose.path("id").asText()))
                    .append(": ")
                    .append(enabled(purpose.path("enabled")))
                    .append("</li>\n"));
            html.append("</ul>\n");
        }
        return html.append(paragraph("All that Didomi gives about this user:"))
                .append(HtmlText.json(user))
                .toString();
    }

    private static String enabled(JsonNode enabled) {
        return enabled.isBoolean() ? HtmlText.value(enabled) : "no choice";
    }

    String dynamics() {
        JsonNode contact = export.path("dynamics");
        if (contact.has(PersonExport.ERROR)) {
            return unreadable("Dynamics", contact);
        }
        if (contact.isEmpty()) {
            return paragraph("Dynamics has no contact with this organization user id.");
        }
        StringBuilder html = new StringBuilder(contact(contact));
        contact.path("more_contacts").forEach(other -> html.append(contact(other)));
        return html.toString();
    }

    private static String contact(JsonNode contact) {
        StringBuilder html = new StringBuilder("<h4>Contact <code>"
                + HtmlText.of(contact.path("contactid").asText()) + "</code>, changed last at "
                + HtmlText.time(contact.path("modifiedon"))
                + (contact.path("active").booleanValue() ? "" : ", deactivated or merged") + "</h4>\n");
        html.append(paragraph("The columns that the bridge uses; Dynamics itself stores more about a contact."))
                .append("<table>\n")
                .append(HtmlText.row("th", "Column", "Value"));
        contact.properties().stream()
                .filter(column -> !column.getKey().matches("contactid|modifiedon|active|more_contacts"))
                .forEach(column -> html.append(HtmlText.row(
                        "td",
                        "<code>" + HtmlText.of(column.getKey()) + "</code>",
                        HtmlText.column(column.getValue()))));
        return html.append("</table>\n").toString();
    }

    static String unreadable(String system, JsonNode failed) {
        return "<p class=\"warning\">" + system + " could not be read, so its data is missing here: "
                + HtmlText.of(failed.path(PersonExport.ERROR).asText()) + ".</p>\n";
    }
}
