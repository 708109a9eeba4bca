package io.github.consentbridge.simulators.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.consentbridge.simulators.dataverse.column.EntityJson;
import io.github.consentbridge.simulators.dataverse.column.Reference;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import io.github.consentbridge.simulators.http.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The input parameters of messages about contacts: the columns of a target and the other parameters. */
final class ContactTargets {
    /** Part of every target, always empty here. */
    private static final SimulatedColumn ON_BEHALF =
            SimulatedColumn.lookup("modifiedonbehalfby", "modifiedonbehalfby", "systemuser");

    private final ContactTable table;
    private final ExecutionContext contexts;

    ContactTargets(ContactTable table, ExecutionContext contexts) {
        this.table = table;
        this.contexts = contexts;
    }

    /** What the client sent. */
    ArrayNode sent(UUID id, Map<SimulatedColumn, @Nullable Object> given) {
        Map<SimulatedColumn, @Nullable Object> target = new LinkedHashMap<>(given);
        target.put(column("contactid"), id);
        return target(id, target);
    }

    /** A new row's target has all of its values but the version. */
    ArrayNode created(UUID id, Map<SimulatedColumn, @Nullable Object> row) {
        Map<SimulatedColumn, @Nullable Object> target = new LinkedHashMap<>(row);
        target.values().removeIf(value -> value == null);
        target.remove(column("versionnumber"));
        target.put(ON_BEHALF, null);
        return target(id, target);
    }

    /** The written columns, the id, and what the system adds. */
    ArrayNode updated(
            UUID id, Map<SimulatedColumn, @Nullable Object> written, Map<SimulatedColumn, @Nullable Object> row) {
        Map<SimulatedColumn, @Nullable Object> target = new LinkedHashMap<>(written);
        boolean isRenamed = written.containsKey(column("firstname")) || written.containsKey(column("lastname"));
        if (isRenamed) {
            target.put(column("fullname"), row.get(column("fullname")));
        }
        for (String name : List.of("contactid", "modifiedon", "modifiedby")) {
            target.put(column(name), row.get(column(name)));
        }
        target.put(ON_BEHALF, null);
        return target(id, target);
    }

    /** Only a reference: a deleted row has nothing else. */
    ArrayNode deleted(UUID id) {
        return parameters(EntityJson.reference(new Reference("contact", id)));
    }

    ArrayNode merged(UUID survivor, UUID subordinate, Map<SimulatedColumn, @Nullable Object> content) {
        ArrayNode parameters = deleted(survivor);
        parameters.add(EntityJson.pair("SubordinateId", TextNode.valueOf(subordinate.toString())));
        parameters.add(EntityJson.pair("UpdateContent", contexts.entities().target(new UUID(0, 0), content)));
        parameters.add(EntityJson.pair("PerformParentingChecks", Json.of(false)));
        return parameters;
    }

    /** The changes of a merge's subordinate row. */
    Map<SimulatedColumn, @Nullable Object> givenUpFor(UUID survivor) {
        Map<SimulatedColumn, @Nullable Object> changes = new LinkedHashMap<>();
        changes.put(column("statecode"), 1);
        changes.put(column("statuscode"), 2);
        changes.put(column("merged"), true);
        changes.put(column("masterid"), new Reference("contact", survivor));
        return changes;
    }

    private ArrayNode target(UUID id, Map<SimulatedColumn, @Nullable Object> values) {
        return parameters(contexts.entities().target(id, values));
    }

    private static ArrayNode parameters(JsonNode target) {
        return Json.array().add(EntityJson.pair("Target", target));
    }

    private SimulatedColumn column(String name) {
        return table.column(name).orElseThrow();
    }
}
