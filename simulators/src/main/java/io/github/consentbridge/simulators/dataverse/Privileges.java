package io.github.consentbridge.simulators.dataverse;

import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.registration.RegistrationColumns;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The application user's privileges, all of them by default. Thread-safe. */
final class Privileges {
    private static final Map<String, Entity> ENTITIES = Map.of(
            "contact",
            new Entity("Contact", 2, "Contact"),
            RegistrationColumns.ENDPOINT,
            new Entity("ServiceEndpoint", 4618, "Service Endpoint"),
            RegistrationColumns.STEP,
            new Entity("SdkMessageProcessingStep", 4608, "Sdk Message Processing Step"),
            RegistrationColumns.IMAGE,
            new Entity("SdkMessageProcessingStepImage", 4615, "Sdk Message Processing Step Image"),
            RegistrationColumns.MESSAGE,
            new Entity("SdkMessage", 4606, "Sdk Message"),
            RegistrationColumns.FILTER,
            new Entity("SdkMessage", 4607, "Sdk Message Filter"));
    private static final Entity AUDIT = new Entity("Audit", 4567, "Auditing");
    private static final List<String> READ_AUDIT = List.of("prvReadAuditSummary", "prvReadRecordAuditHistory");
    private static final Map<String, String> VERBS =
            Map.of("GET", "Read", "POST", "Create", "PATCH", "Write", "DELETE", "Delete");

    private final Set<String> missing = ConcurrentHashMap.newKeySet();
    private final UUID user;
    private final UUID businessUnit;

    private volatile boolean systemAdministrator;

    private record Entity(String schemaName, int typeCode, String displayName) {}

    Privileges(UUID user, UUID businessUnit) {
        this.user = user;
        this.businessUnit = businessUnit;
    }

    /**
     * Grants or revokes one.
     *
     * @throws IllegalArgumentException if no request needs a privilege of this name
     */
    void set(String name, boolean granted) {
        boolean known = READ_AUDIT.contains(name)
                || ENTITIES.values().stream()
                        .anyMatch(entity -> VERBS.values().stream()
                                .anyMatch(verb -> name.equals("prv" + verb + entity.schemaName())));
        if (!known) {
            throw new IllegalArgumentException("no request needs the privilege " + name);
        } else if (granted) {
            missing.remove(name);
        } else {
            missing.add(name);
        }
    }

    boolean isSystemAdministrator() {
        return systemAdministrator;
    }

    void systemAdministrator(boolean assigned) {
        systemAdministrator = assigned;
    }

    /** @throws DataverseError 403 that names the privilege that this request lacks */
    void check(String method, String table) {
        Entity entity = ENTITIES.get(table);
        String verb = VERBS.get(method);
        if (entity == null || verb == null) {
            return;
        }
        require("prv" + verb + entity.schemaName(), table, entity);
    }

    /** @throws DataverseError 403 that names the privilege to read audit records that is missing */
    void checkAudit() {
        READ_AUDIT.forEach(name -> require(name, "audit", AUDIT));
    }

    private void require(String name, String table, Entity entity) {
        if (missing.contains(name)) {
            throw new DataverseError(403, "0x80040220", message(name, table, entity));
        }
    }

    private String message(String name, String table, Entity entity) {
        return "Principal user (Id=" + user
                + ", type=8, roleCount=1, privilegeCount=420, accessMode='4 Non-interactive',"
                + " AADObjectId='" + idOf(user.toString()) + "', MetadataCachePrivilegesCount=12471, businessUnitId="
                + businessUnit + "), is missing " + name + " privilege (Id=" + idOf(name) + ") on OTC="
                + entity.typeCode() + " for entity '" + table + "' (LocalizedName='" + entity.displayName()
                + "'). context.Caller=" + user
                + ". Consider adding missed privilege to one of the principal (user/team) roles.";
    }

    private static UUID idOf(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
