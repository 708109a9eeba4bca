package io.github.consentbridge.simulators.dataverse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.TableSettings;
import io.github.consentbridge.simulators.dataverse.query.RowQuery;
import io.github.consentbridge.simulators.dataverse.table.ContactChanges;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code contacts} page by page, with or without change tracking.
 *
 * @see <a
 *     href="https://learn.microsoft.com/power-apps/developer/data-platform/use-change-tracking-synchronize-data-external-systems">
 *     Change tracking</a>
 */
public final class ContactPages {
    private static final String TRACK_CHANGES = "odata.track-changes";
    private static final String DELTA_TOKEN = "$deltatoken";
    private static final String SKIP_TOKEN = "$skiptoken";
    private static final Set<String> TRACKED_OPTIONS = Set.of("$select", SKIP_TOKEN, DELTA_TOKEN);
    private static final Set<String> UNTRACKED_OPTIONS = Set.of("$filter", "$orderby", "$expand", "$top");

    private final ContactTable table;
    private final ContactSearch search;
    private final ContactChanges changes;
    private final TableSettings settings;
    private final ContactJson json;

    public ContactPages(ContactTable table, ContactChanges changes, TableSettings settings, ContactJson json) {
        this.table = table;
        this.search = new ContactSearch(table);
        this.changes = changes;
        this.settings = settings;
        this.json = json;
    }

    Reply find(Call call) {
        Map<String, String> options = RowQuery.options(call);
        boolean tracked = call.prefers(TRACK_CHANGES)
                || options.containsKey(DELTA_TOKEN)
                || options.getOrDefault(SKIP_TOKEN, "").contains("istracking=\"True\"");
        return tracked ? tracked(call, options) : untracked(call, options);
    }

    private Reply untracked(Call call, Map<String, String> options) {
        RowQuery query = RowQuery.parse(table, options);
        ObjectNode body = Json.object();
        synchronized (table) {
            ContactSearch.Page page = search.find(query, pageSize(call));
            body.put("@odata.context", json.context(call, query));
            if (query.count()) {
                body.put("@odata.count", search.count(query));
            }
            ArrayNode rows = body.putArray("value");
            page.rows().forEach(row -> rows.add(json.row(row, query.select())));
            page.next().ifPresent(position -> body.put("@odata.nextLink", nextLink(options, position, "False")));
        }
        return ContactJson.odata(200, body);
    }

    private Reply tracked(Call call, Map<String, String> options) {
        RowQuery query = trackedQuery(options);
        Optional<String> token = Optional.ofNullable(options.get(DELTA_TOKEN));
        ObjectNode body = Json.object();
        synchronized (table) {
            ContactChanges.Page page = token.isPresent()
                    ? changes.since(token.get(), query.skipToken(), pageSize(call))
                    : changes.all(query.skipToken(), pageSize(call));
            body.put("@odata.context", json.context(call, query) + (token.isPresent() ? "/$delta" : ""));
            page.token().ifPresent(next -> body.put("@odata.deltaLink", deltaLink(options, next)));
            ArrayNode value = body.putArray("value");
            page.rows().forEach(row -> value.add(json.row(row, query.select())));
            page.deleted().forEach(id -> value.add(json.deleted(id.toString())));
            page.next().ifPresent(position -> body.put("@odata.nextLink", nextLink(options, position, "True")));
        }
        Reply reply = ContactJson.odata(200, body);
        return call.prefers(TRACK_CHANGES) ? reply.with("Preference-Applied", TRACK_CHANGES) : reply;
    }

    private int pageSize(Call call) {
        return Math.min(RowQuery.pageSize(call), settings.maxRowsPerPage());
    }

    private RowQuery trackedQuery(Map<String, String> options) {
        if (!settings.changeTracking()) {
            throw new DataverseError(400, "0x80072491", "Entity contact isn't enabled for change tracking.");
        }
        for (String name : options.keySet()) {
            if (UNTRACKED_OPTIONS.contains(name)) {
                throw DataverseError.query(
                        "The \"" + name + "\" query parameter isn't supported when Change Tracking is enabled.");
            } else if (!TRACKED_OPTIONS.contains(name)) {
                throw DataverseError.query("The query parameter '" + name + "' is not supported.");
            }
        }
        Map<String, String> others = new LinkedHashMap<>(options);
        others.remove(DELTA_TOKEN);
        return RowQuery.parse(table, others);
    }

    private String nextLink(Map<String, String> options, String position, String isTracking) {
        Map<String, String> next = new LinkedHashMap<>(options);
        next.put(
                SKIP_TOKEN,
                "<cookie pagenumber=\"2\" pagingcookie=\"" + position + "\" istracking=\"" + isTracking + "\" />");
        return json.link(next);
    }

    private String deltaLink(Map<String, String> options, String token) {
        Map<String, String> delta = new LinkedHashMap<>(options);
        delta.remove(SKIP_TOKEN);
        delta.put(DELTA_TOKEN, token);
        return json.link(delta);
    }
}
