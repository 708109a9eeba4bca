package io.github.consentbridge.simulators.dataverse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.dataverse.column.AttributeMetadata;
import io.github.consentbridge.simulators.dataverse.column.ColumnType;
import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.column.TableSettings;
import io.github.consentbridge.simulators.dataverse.query.AttributeFilter;
import io.github.consentbridge.simulators.dataverse.query.RowQuery;
import io.github.consentbridge.simulators.dataverse.table.AuditLog;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Reply;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code EntityDefinitions(LogicalName='contact')}, its columns, casts to their types, and its alternate keys. */
final class MetadataRoutes {
    private static final Pattern PATH = Pattern.compile("EntityDefinitions\\(LogicalName='([^']*)'\\)"
            + "(/Attributes(?:\\(LogicalName='([^']*)'\\))?(?:/Microsoft\\.Dynamics\\.CRM\\.(\\w+))?|/Keys)?");
    private static final Pattern EXPAND = Pattern.compile("(\\w+)(?:\\(\\$select=([^)]*)\\))?(?:,|$)");
    private static final Set<String> OPTIONS = Set.of("$select", "$filter", "$expand");

    private final ContactTable table;
    private final TableSettings settings;
    private final AuditLog audit;
    private final String webApi;

    MetadataRoutes(ContactTable table, TableSettings settings, AuditLog audit, String webApi) {
        this.table = table;
        this.settings = settings;
        this.audit = audit;
        this.webApi = webApi;
    }

    /** @param path decoded, below the Web API's base */
    Reply read(Call call, String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw DataverseError.noSuchSegment(path.replaceFirst("[(/].*", ""));
        }
        Map<String, String> options = RowQuery.options(call);
        options.keySet().stream()
                .filter(name -> !OPTIONS.contains(name) && !name.startsWith("@"))
                .findFirst()
                .ifPresent(name -> {
                    throw DataverseError.query("The query parameter '" + name + "' is not supported.");
                });
        if (!parts.group(1).equals("contact")) {
            throw new DataverseError(
                    404, "0x80060888", "Could not find an entity with specified logicalname: " + parts.group(1) + ".");
        }
        if (parts.group(2) == null) {
            return one("EntityDefinitions", entity(), options);
        } else if (parts.group(2).equals("/Keys")) {
            return many("EntityDefinitions('contact')/Keys", keys(), options);
        }
        return attributes(Optional.ofNullable(parts.group(3)), Optional.ofNullable(parts.group(4)), options);
    }

    private Reply attributes(Optional<String> name, Optional<String> cast, Map<String, String> options) {
        Predicate<SimulatedColumn> wanted = cast.map(MetadataRoutes::ofType).orElse(column -> true);
        boolean typed = cast.isPresent();
        if (name.isPresent()) {
            ObjectNode found = table.column(name.get())
                    .filter(wanted)
                    .map(column -> AttributeMetadata.of(column, typed, audit.isEnabled(column)))
                    .orElseThrow(() -> new DataverseError(
                            404,
                            "0x80060888",
                            "Could not find an attribute with specified name: " + name.get()
                                    + " for entityId: contact"));
            return one("EntityDefinitions('contact')/Attributes", found, options);
        }
        Predicate<SimulatedColumn> filter = filter(options);
        List<ObjectNode> found = table.columns().stream()
                .filter(wanted.and(filter))
                .map(column -> AttributeMetadata.of(column, typed, audit.isEnabled(column)))
                .toList();
        return many("EntityDefinitions('contact')/Attributes", found, options);
    }

    private static Predicate<SimulatedColumn> ofType(String cast) {
        for (ColumnType type : ColumnType.values()) {
            if (type.metadataType().equals(cast)) {
                return column -> column.type() == type;
            }
        }
        throw DataverseError.query("The type 'Microsoft.Dynamics.CRM." + cast + "' is not known.");
    }

    private static Predicate<SimulatedColumn> filter(Map<String, String> options) {
        String filter = options.get("$filter");
        return filter == null ? column -> true : AttributeFilter.parse(filter, options);
    }

    private ObjectNode entity() {
        ObjectNode entity = Json.object();
        entity.put("MetadataId", "608861bc-50a4-4c5f-a02c-21fe1943e2cf");
        entity.put("LogicalName", "contact");
        entity.put("SchemaName", "Contact");
        entity.put("EntitySetName", "contacts");
        entity.put("LogicalCollectionName", "contacts");
        entity.put("PrimaryIdAttribute", "contactid");
        entity.put("PrimaryNameAttribute", "fullname");
        entity.put("ObjectTypeCode", 2);
        entity.put("ChangeTrackingEnabled", settings.changeTracking());
        entity.put("IsOptimisticConcurrencyEnabled", settings.optimisticConcurrency());
        entity.set("IsAuditEnabled", AttributeMetadata.managed(audit.isEnabled(), "canmodifyauditsettings"));
        entity.set("CanChangeTrackingBeEnabled", AttributeMetadata.managed(true, "canchangetrackingbeenabled"));
        ArrayNode keys = entity.putArray("Keys");
        keys().forEach(keys::add);
        return entity;
    }

    private List<ObjectNode> keys() {
        List<ObjectNode> keys = new ArrayList<>();
        for (List<SimulatedColumn> columns : table.keys().all()) {
            ObjectNode key = Json.object();
            String name = columns.get(0).logicalName() + "_key";
            key.put("MetadataId", AttributeMetadata.idOf(name));
            key.put("LogicalName", name);
            key.put("EntityLogicalName", "contact");
            key.put("EntityKeyIndexStatus", "Active");
            ArrayNode attributes = key.putArray("KeyAttributes");
            columns.forEach(column -> attributes.add(column.logicalName()));
            keys.add(key);
        }
        return keys;
    }

    private Reply one(String context, ObjectNode entity, Map<String, String> options) {
        ObjectNode body = Json.object();
        body.put("@odata.context", webApi + "$metadata#" + context + "/$entity");
        body.setAll(trimmed(entity, options));
        return Reply.json(200, body).with("OData-Version", "4.0");
    }

    private Reply many(String context, List<ObjectNode> entities, Map<String, String> options) {
        ObjectNode body = Json.object();
        body.put("@odata.context", webApi + "$metadata#" + context);
        ArrayNode value = body.putArray("value");
        entities.forEach(entity -> value.add(trimmed(entity, options)));
        return Reply.json(200, body).with("OData-Version", "4.0");
    }

    /** Only what was selected and expanded, and always the id. */
    private static ObjectNode trimmed(ObjectNode entity, Map<String, String> options) {
        String select = options.get("$select");
        Set<String> keep = new LinkedHashSet<>(Set.of("@odata.type", "MetadataId"));
        if (select == null) {
            entity.fieldNames().forEachRemaining(keep::add);
        } else {
            for (String name : select.split(",", -1)) {
                keep.add(known(entity, name.strip()));
            }
        }
        keep.removeAll(AttributeMetadata.NAVIGATION);
        Matcher expand = EXPAND.matcher(options.getOrDefault("$expand", ""));
        while (expand.find()) {
            keep.add(known(entity, expand.group(1)));
        }
        ObjectNode trimmed = entity.deepCopy();
        trimmed.retain(keep);
        return trimmed;
    }

    private static String known(ObjectNode entity, String property) {
        if (!entity.has(property)) {
            throw DataverseError.query("Could not find a property named '" + property + "' on type '"
                    + entity.path("@odata.type")
                            .asText("#Microsoft.Dynamics.CRM.EntityMetadata")
                            .substring(1) + "'.");
        }
        return property;
    }
}
