package io.github.consentbridge.sync.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.dataverse.DataverseSimulator;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Changes contacts of the simulated Dataverse, and says what its webhook would send: an asynchronous step with images. */
final class StaffActions {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String CONTRACTS = ":http://schemas.microsoft.com/xrm/2011/Contracts";
    private static final Set<String> OPTIONS = Set.of("new_frequency", "statecode", "statuscode");

    private final DataverseSimulator dataverse;
    private final Clock clock;
    private final UUID user;

    StaffActions(DataverseSimulator dataverse, Clock clock, UUID user) {
        this.dataverse = dataverse;
        this.clock = clock;
        this.user = user;
    }

    Delivery create(Map<String, ?> values) {
        Map<String, Object> row = dataverse.contact(dataverse.addContact(values));
        return call(context("Create", row).body(body -> {
            target(body, entity(row));
            image(body, "PostEntityImages", row);
        }));
    }

    Delivery edit(UUID id, Map<String, ?> changes) {
        return call(editBody(id, changes));
    }

    /** The call's body, for a test to spoil. */
    Body editBody(UUID id, Map<String, ?> changes) {
        Map<String, Object> before = dataverse.contact(id);
        dataverse.editContact(id, changes);
        return changed(before, changes);
    }

    /** The call that a write by another user causes, for example by our own. */
    Delivery observed(UUID id, Map<String, Object> before) {
        Map<String, Object> after = dataverse.contact(id);
        Map<String, Object> changes = new HashMap<>(after);
        changes.entrySet().removeIf(column -> column.getValue().equals(before.get(column.getKey())));
        return call(changed(before, changes));
    }

    private Body changed(Map<String, Object> before, Map<String, ?> changes) {
        Map<String, Object> after = dataverse.contact((UUID) before.get("contactid"));
        Map<String, Object> submitted = new LinkedHashMap<>(changes);
        submitted.put("modifiedon", after.get("modifiedon"));
        submitted.put("contactid", after.get("contactid"));
        return context("Update", after).body(body -> {
            target(body, entity(submitted));
            image(body, "PreEntityImages", before);
            image(body, "PostEntityImages", after);
        });
    }

    Delivery delete(UUID id) {
        return call(deleteBody(id));
    }

    Body deleteBody(UUID id) {
        Map<String, Object> before = dataverse.contact(id);
        dataverse.deleteContact(id);
        ObjectNode reference = MAPPER.createObjectNode()
                .put("__type", "EntityReference" + CONTRACTS)
                .put("Id", id.toString())
                .put("LogicalName", "contact");
        return context("Delete", before).body(body -> {
            target(body, reference);
            image(body, "PreEntityImages", before);
        });
    }

    Delivery call(Body body) {
        return Delivery.received(Side.DYNAMICS, "", clock.instant(), body.json.toString());
    }

    /** A body that is being made. */
    record Body(ObjectNode json) {
        Body body(Consumer<ObjectNode> change) {
            change.accept(json);
            return this;
        }

        /** As Dynamics sends what is larger than 256 KB. */
        Body stripped() {
            return body(body ->
                    body.remove(Set.of("ParentContext", "InputParameters", "PreEntityImages", "PostEntityImages")));
        }

        Body withoutImages() {
            return body(body -> body.remove(Set.of("PreEntityImages", "PostEntityImages")));
        }
    }

    private Body context(String message, Map<String, Object> row) {
        return new Body(MAPPER.createObjectNode()
                .put("MessageName", message)
                .put("PrimaryEntityName", "contact")
                .put("PrimaryEntityId", row.get("contactid").toString())
                .put("InitiatingUserId", user.toString())
                .put("OrganizationId", dataverse.organizationId().toString())
                .put("OperationId", UUID.randomUUID().toString())
                .put("OperationCreatedOn", "/Date(%d+0200)/".formatted(clock.millis() - 7_200_000)));
    }

    private static void target(ObjectNode body, JsonNode value) {
        body.putArray("InputParameters").addObject().put("key", "Target").set("value", value);
    }

    private static void image(ObjectNode body, String name, Map<String, Object> row) {
        body.putArray(name).addObject().put("key", "image").set("value", entity(row));
    }

    private static ObjectNode entity(Map<String, ?> values) {
        ObjectNode entity = MAPPER.createObjectNode().put("__type", "Entity" + CONTRACTS);
        ArrayNode attributes = entity.putArray("Attributes");
        values.forEach(
                (column, value) -> attributes.addObject().put("key", column).set("value", value(column, value)));
        return entity.put("LogicalName", "contact");
    }

    private static JsonNode value(String column, Object value) {
        if (OPTIONS.contains(column) && value != null) {
            return MAPPER.createObjectNode()
                    .put("__type", "OptionSetValue" + CONTRACTS)
                    .put("Value", (Integer) value);
        }
        if (value instanceof Instant time) {
            return MAPPER.getNodeFactory().textNode("/Date(%d)/".formatted(time.toEpochMilli()));
        }
        return value instanceof UUID ? MAPPER.getNodeFactory().textNode(value.toString()) : MAPPER.valueToTree(value);
    }
}
