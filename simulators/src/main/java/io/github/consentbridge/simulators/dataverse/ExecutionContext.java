package io.github.consentbridge.simulators.dataverse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.consentbridge.simulators.dataverse.column.EntityJson;
import io.github.consentbridge.simulators.dataverse.column.Reference;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.registration.ActiveSteps;
import io.github.consentbridge.simulators.dataverse.registration.RegistrationColumns;
import io.github.consentbridge.simulators.http.Json;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code RemoteExecutionContext}, the body of a webhook call.
 *
 * @see <a
 *     href="https://learn.microsoft.com/dotnet/api/microsoft.xrm.sdk.remoteexecutioncontext">RemoteExecutionContext</a>
 */
final class ExecutionContext {
    private static final int MAX_BODY = 256 * 1024;
    private static final String NOBODY = new UUID(0, 0).toString();
    private static final int CORE_OPERATION = 30;
    private static final int POST_OPERATION = 40;
    private static final List<String> STRIPPED =
            List.of("ParentContext", "InputParameters", "PreEntityImages", "PostEntityImages");

    private final UUID organization;
    private final String host;
    private volatile ZoneOffset offset = ZoneOffset.ofHours(2);

    /** @param host the environment's host name */
    ExecutionContext(UUID organization, String host) {
        this.organization = organization;
        this.host = host;
    }

    void offset(ZoneOffset changed) {
        offset = changed;
    }

    EntityJson entities() {
        return new EntityJson(offset);
    }

    DataverseDelivery delivery(long number, Operation operation, ActiveSteps.Step step) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("x-ms-dynamics-organization", host);
        headers.put("x-ms-dynamics-entity-name", "contact");
        headers.put("x-ms-dynamics-request-name", operation.message());
        headers.put("x-ms-correlation-request-id", operation.correlationId().toString());
        ObjectNode context = whole(operation, step);
        String body = text(context);
        if (body.getBytes(StandardCharsets.UTF_8).length > MAX_BODY) {
            context.remove(STRIPPED);
            body = text(context);
            headers.put("x-ms-dynamics-msg-size-exceeded", "True");
        }
        return new DataverseDelivery(
                number, operation.message(), operation.contactId(), step.endpointId(), Map.copyOf(headers), body);
    }

    private ObjectNode whole(Operation operation, ActiveSteps.Step step) {
        ObjectNode parent = context(operation, operation.parentMessage(), step.id(), CORE_OPERATION);
        parent.set("InputParameters", operation.parentInput());
        ObjectNode context = context(operation, operation.message(), step.id(), POST_OPERATION);
        context.set("InputParameters", operation.input());
        context.set("ParentContext", parent);
        // The parent of a requested message is that message itself, at the same depth.
        context.put("Depth", operation.message().equals(operation.parentMessage()) ? 1 : 2);
        if (operation.message().equals("Create")) {
            context.withArray("OutputParameters")
                    .add(EntityJson.pair(
                            "id", TextNode.valueOf(operation.contactId().toString())));
        }
        addImages(context.withArray("PreEntityImages"), operation, step, operation.before(), 0);
        addImages(context.withArray("PostEntityImages"), operation, step, operation.after(), 1);
        if (!operation.after().isEmpty()) {
            context.withArray("PostEntityImages").add(primaryName(operation));
        }
        return context;
    }

    /** The members in the platform's order, without parameters, parent and images. */
    private ObjectNode context(Operation operation, String message, UUID step, int stage) {
        Caller caller = operation.caller();
        ObjectNode context = Json.object();
        context.put("BusinessUnitId", organization.toString());
        context.put("CorrelationId", operation.correlationId().toString());
        context.put("Depth", 1);
        context.put("InitiatingUserAgent", "");
        context.put("InitiatingUserAzureActiveDirectoryObjectId", NOBODY);
        context.put("InitiatingUserId", caller.initiator().id().toString());
        context.putArray("InputParameters");
        context.put("IsExecutingOffline", false);
        context.put("IsInTransaction", false);
        context.put("IsOfflinePlayback", false);
        context.put("IsolationMode", 1);
        context.put("MessageName", message);
        context.put("Mode", 1);
        context.put("OperationCreatedOn", operationCreatedOn(operation));
        context.put("OperationId", operation.id().toString());
        context.put("OrganizationId", organization.toString());
        context.put(
                "OrganizationName",
                "unq" + organization.toString().replace("-", "").substring(0, 29));
        context.putArray("OutputParameters");
        context.set("OwningExtension", EntityJson.untypedReference(new Reference(RegistrationColumns.STEP, step)));
        context.putNull("ParentContext");
        context.putArray("PostEntityImages");
        context.putArray("PreEntityImages");
        context.put("PrimaryEntityId", operation.contactId().toString());
        context.put("PrimaryEntityName", "contact");
        context.put("RequestId", operation.requestId().toString());
        context.put("SecondaryEntityName", "none");
        context.set("SharedVariables", sharedVariables(operation));
        context.put("Stage", stage);
        context.put("UserAzureActiveDirectoryObjectId", NOBODY);
        context.put("UserId", caller.user().id().toString());
        return context;
    }

    private static ArrayNode sharedVariables(Operation operation) {
        ArrayNode variables = Json.array();
        variables.add(EntityJson.pair("IsAutoTransact", Json.of(true)));
        if (operation.message().equals("Create")) {
            variables.add(EntityJson.pair("DefaultsAddedFlag", Json.of(true)));
        }
        operation.caller().tag().ifPresent(tag -> variables.add(EntityJson.pair("tag", TextNode.valueOf(tag))));
        return variables;
    }

    /**
     * The platform's asynchronous steps treat local time as UTC: the milliseconds are too small by the offset that
     * follows them.
     */
    private String operationCreatedOn(Operation operation) {
        ZoneOffset local = offset;
        long shifted = operation.time().minusSeconds(local.getTotalSeconds()).toEpochMilli();
        String written = local.getTotalSeconds() == 0 ? "+0000" : local.getId().replace(":", "");
        return "/Date(" + shifted + written + ")/";
    }

    private void addImages(
            ArrayNode images,
            Operation operation,
            ActiveSteps.Step step,
            Map<SimulatedColumn, @Nullable Object> row,
            int type) {
        for (ActiveSteps.Image image : step.images()) {
            if (!row.isEmpty() && (image.type() == type || image.type() == 2)) {
                images.add(EntityJson.pair(
                        image.alias(), entities().entity(operation.contactId(), shown(row, image.columns()))));
            }
        }
    }

    /** An image does not contain empty columns. */
    private static Map<SimulatedColumn, @Nullable Object> shown(
            Map<SimulatedColumn, @Nullable Object> row, List<String> names) {
        Map<SimulatedColumn, @Nullable Object> shown = new LinkedHashMap<>();
        row.forEach((column, value) -> {
            if (value != null && (names.isEmpty() || names.contains(column.logicalName()))) {
                shown.put(column, value);
            }
        });
        return shown;
    }

    /** The platform adds an image of its own to asynchronous steps. */
    private ObjectNode primaryName(Operation operation) {
        return EntityJson.pair(
                "AsynchronousStepPrimaryName",
                entities().entity(operation.contactId(), shown(operation.after(), List.of("fullname", "contactid"))));
    }

    /** Like the platform's serializer, with every slash escaped; slashes occur only in strings. */
    private static String text(ObjectNode context) {
        return new String(Json.bytes(context), StandardCharsets.UTF_8).replace("/", "\\/");
    }
}
