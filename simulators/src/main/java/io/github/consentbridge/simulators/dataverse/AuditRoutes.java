package io.github.consentbridge.simulators.dataverse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.dataverse.column.Codec;
import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.query.RowQuery;
import io.github.consentbridge.simulators.dataverse.table.AuditLog;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code RetrieveAttributeChangeHistory}: the audit records of one column of one contact. The documentation's example
 * has no {@code AuditRecord}; real environments send it.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/auditing/retrieve-audit-data">Retrieve
 *     the history of audited data changes</a>
 */
final class AuditRoutes {
    static final String HISTORY = "RetrieveAttributeChangeHistory";

    private static final Pattern CALL = Pattern.compile(HISTORY + "\\(([^()]*)\\)");
    private static final Pattern ARGUMENT = Pattern.compile("(\\w+)=(@\\w+)");
    private static final Pattern TARGET =
            Pattern.compile("\\{\\s*(['\"])@odata\\.id\\1\\s*:\\s*(['\"])contacts\\(([0-9a-fA-F-]{36})\\)\\2\\s*}");
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");
    private static final Set<String> NAMES = Set.of("Target", "AttributeLogicalName", "PagingInfo");

    private final ContactTable table;
    private final AuditLog audit;
    private final String webApi;

    AuditRoutes(ContactTable table, AuditLog audit, String webApi) {
        this.table = table;
        this.audit = audit;
        this.webApi = webApi;
    }

    /** @param path decoded, below the Web API's base */
    Reply history(Call call, String path) {
        Map<String, String> arguments = arguments(path, RowQuery.options(call));
        UUID contact = UUID.fromString(argument(arguments, "Target", TARGET, 3));
        String name = argument(arguments, "AttributeLogicalName", QUOTED, 1);
        JsonNode paging = paging(arguments.getOrDefault("PagingInfo", "{}"));
        synchronized (table) {
            if (table.find(contact) < 0) {
                throw DataverseError.noSuchRow("contact", contact);
            }
            SimulatedColumn column = table.column(name)
                    .orElseThrow(() -> new DataverseError(
                            400,
                            "0x80041103",
                            "'contact' entity doesn't contain attribute with Name = '" + name + "'."));
            return answer(contact, column, audit.history(contact, column), paging);
        }
    }

    private Reply answer(UUID contact, SimulatedColumn column, List<AuditLog.Entry> entries, JsonNode paging) {
        int count = Math.max(1, paging.path("Count").asInt(5000));
        int start =
                Math.min(entries.size(), (Math.max(1, paging.path("PageNumber").asInt(1)) - 1) * count);
        int end = Math.min(entries.size(), start + count);
        ObjectNode body = Json.object();
        body.put("@odata.context", webApi + "$metadata#Microsoft.Dynamics.CRM." + HISTORY + "Response");
        ObjectNode collection = body.putObject("AuditDetailCollection");
        collection.put("MoreRecords", end < entries.size());
        collection.put("PagingCookie", "");
        collection.put(
                "TotalRecordCount", paging.path("ReturnTotalRecordCount").asBoolean(false) ? entries.size() : -1);
        ArrayNode details = collection.putArray("AuditDetails");
        entries.subList(start, end).forEach(entry -> details.add(detail(contact, column, entry)));
        return Reply.json(200, body).with("OData-Version", "4.0");
    }

    private static ObjectNode detail(UUID contact, SimulatedColumn column, AuditLog.Entry entry) {
        ObjectNode detail = Json.object();
        detail.put(
                "@odata.type",
                "#Microsoft.Dynamics.CRM." + (entry.isChange() ? "AttributeAuditDetail" : "AuditDetail"));
        detail.set("AuditRecord", record(contact, entry));
        if (entry.isChange()) {
            detail.putArray("InvalidNewValueAttributes");
            detail.put("LocLabelLanguageCode", 0);
            detail.set("OldValue", value(column, entry.before()));
            detail.set("NewValue", value(column, entry.after()));
        }
        return detail;
    }

    private static ObjectNode record(UUID contact, AuditLog.Entry entry) {
        return Json.object()
                .put("auditid", entry.id().toString())
                .put("createdon", entry.createdOn().toString())
                .put("action", entry.action())
                .put("operation", entry.action() == 1 ? 1 : 2)
                .put("objecttypecode", "contact")
                .put("_objectid_value", contact.toString())
                .put("_userid_value", entry.user().toString())
                .putNull("_callinguserid_value");
    }

    /** Empty values are left out. */
    private static ObjectNode value(SimulatedColumn column, @Nullable Object value) {
        ObjectNode entity = Json.object().put("@odata.type", "#Microsoft.Dynamics.CRM.contact");
        if (value != null) {
            entity.set(column.propertyName(), Codec.write(value));
        }
        return entity;
    }

    private static Map<String, String> arguments(String path, Map<String, String> aliases) {
        Matcher call = CALL.matcher(path);
        if (!call.matches()) {
            throw DataverseError.query("The URI '" + path + "' is not a valid call of a function.");
        }
        Map<String, String> arguments = new HashMap<>();
        for (String part : call.group(1).split(",", -1)) {
            Matcher argument = ARGUMENT.matcher(part);
            if (!argument.matches() || !NAMES.contains(argument.group(1)) || !aliases.containsKey(argument.group(2))) {
                throw DataverseError.query("The parameter '" + part + "' of '" + HISTORY + "' is not known.");
            }
            arguments.put(argument.group(1), aliases.get(argument.group(2)));
        }
        return arguments;
    }

    private static String argument(Map<String, String> arguments, String name, Pattern shape, int group) {
        Matcher value = shape.matcher(arguments.getOrDefault(name, ""));
        if (!value.matches()) {
            throw DataverseError.query("The value of parameter '" + name + "' is missing or not valid.");
        }
        return value.group(group);
    }

    private static JsonNode paging(String info) {
        try {
            return Json.parse(info);
        } catch (JsonProcessingException e) {
            throw DataverseError.query("The value of parameter 'PagingInfo' is not valid.");
        }
    }
}
