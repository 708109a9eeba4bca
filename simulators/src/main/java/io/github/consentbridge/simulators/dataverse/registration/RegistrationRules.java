package io.github.consentbridge.simulators.dataverse.registration;

import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.Reference;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The rules for registrations beyond types. The documentation says only in part which of them the real system checks at
 * registration, and with which messages.
 */
final class RegistrationRules {
    private static final int WEBHOOK = 8;
    private static final Set<Integer> WEBHOOK_AUTH_TYPES = Set.of(4, 5, 6);
    private static final Map<String, Set<String>> REQUIRED = Map.of(
            RegistrationColumns.ENDPOINT, Set.of("name", "contract"),
            RegistrationColumns.STEP, Set.of("name", "mode", "stage", "sdkmessageid", "eventhandler"),
            RegistrationColumns.IMAGE,
                    Set.of("entityalias", "imagetype", "messagepropertyname", "sdkmessageprocessingstepid"));
    private static final Map<String, String> IMAGE_PROPERTY = Map.of(
            "Create", "Id", "Update", "Target", "Delete", "Target", "Assign", "Target", "SetState", "EntityMoniker");

    private final ContactTable contacts;

    RegistrationRules(ContactTable contacts) {
        this.contacts = contacts;
    }

    /** @throws DataverseError if the system would refuse the row */
    void check(SystemTable table, int row) {
        for (String name : REQUIRED.getOrDefault(table.logicalName(), Set.of())) {
            if (table.value(row, table.columnOf(name)) == null) {
                throw invalid("Required field '" + name + "' is missing.");
            }
        }
        checkReferences(table, row);
        switch (table.logicalName()) {
            case RegistrationColumns.ENDPOINT -> checkEndpoint(table, row);
            case RegistrationColumns.STEP -> checkStep(table, row);
            case RegistrationColumns.IMAGE -> checkImage(table, row);
            default -> throw new IllegalArgumentException("cannot be written: " + table.logicalName());
        }
    }

    static DataverseError inUse(String component, UUID id, long users) {
        return new DataverseError(
                400,
                "0x8004f01f",
                "The " + component + "(" + id + ") component cannot be deleted because it is referenced by " + users
                        + " other components. For a list of referenced components, use the"
                        + " RetrieveDependenciesForDeleteRequest.");
    }

    private static void checkReferences(SystemTable table, int row) {
        for (SimulatedColumn column : table.columns()) {
            Optional<SystemTable> parent = table.parent(column.navigationProperty());
            if (parent.isPresent()
                    && table.value(row, column) instanceof Reference target
                    && parent.get().find(target.id()) < 0) {
                throw DataverseError.noSuchRow(target.logicalName(), target.id());
            }
        }
    }

    private static void checkEndpoint(SystemTable table, int row) {
        if (!Objects.equals(table.value(row, table.columnOf("contract")), WEBHOOK)) {
            return;
        }
        Object authType = table.value(row, table.columnOf("authtype"));
        if (!(authType instanceof Integer number) || !WEBHOOK_AUTH_TYPES.contains(number)) {
            throw invalid("The authentication type " + authType + " is not supported by a webhook.");
        }
        String url = String.valueOf(table.value(row, table.columnOf("url")));
        if (!isReachable(url)) {
            throw invalid("The url '" + url + "' of the webhook must be absolute and use port 80 or 443.");
        }
    }

    /** Other ports are for tests on this machine only. */
    private static boolean isReachable(String url) {
        try {
            URI uri = URI.create(url);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            boolean loopback = "127.0.0.1".equals(uri.getHost()) || "localhost".equals(uri.getHost());
            return web
                    && uri.getHost() != null
                    && (loopback || Set.of(-1, 80, 443).contains(uri.getPort()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void checkStep(SystemTable steps, int row) {
        boolean asynchronous = Objects.equals(steps.value(row, steps.columnOf("mode")), 1);
        if (asynchronous && !Objects.equals(steps.value(row, steps.columnOf("stage")), 40)) {
            throw invalid("Asynchronous steps can be registered in the post-operation stage only.");
        } else if (steps.value(row, steps.columnOf("configuration")) != null) {
            throw invalid("A step of a service endpoint has no configuration.");
        }
        Object filteredMessage = text(steps, row, "sdkmessagefilterid/_sdkmessageid_value");
        Object message = steps.value(row, steps.columnOf("sdkmessageid"));
        if (filteredMessage != null && !filteredMessage.equals(message)) {
            throw invalid("The message filter does not belong to the message.");
        }
        checkColumns(steps, row, "filteringattributes");
    }

    private void checkImage(SystemTable images, int row) {
        SystemTable steps = images.parent("sdkmessageprocessingstepid").orElseThrow();
        Reference step = (Reference) images.value(row, images.columnOf("sdkmessageprocessingstepid"));
        int stepRow = steps.find(Objects.requireNonNull(step).id());
        String message = String.valueOf(text(steps, stepRow, "sdkmessageid/name"));
        Object type = images.value(row, images.columnOf("imagetype"));
        if (message.equals("Create") && !Objects.equals(type, 1)) {
            throw invalid("PreImage is not supported for message Create.");
        } else if (message.equals("Delete") && !Objects.equals(type, 0)) {
            throw invalid("PostImage is not supported for message Delete.");
        }
        Object property = images.value(row, images.columnOf("messagepropertyname"));
        if (!Objects.equals(IMAGE_PROPERTY.get(message), property)) {
            throw invalid("Message property name '" + property + "' is not valid on message " + message + ".");
        }
        checkColumns(images, row, "attributes");
    }

    /** The comma list names columns of contact. */
    private void checkColumns(SystemTable table, int row, String listName) {
        for (String name : names(table.value(row, table.columnOf(listName)))) {
            if (contacts.column(name).isEmpty()) {
                throw new DataverseError(
                        400,
                        "0x80041103",
                        "'Contact' entity doesn't contain attribute with Name = '" + name
                                + "' and NameMapping = 'Logical'. MetadataCacheDetails: ProviderType=Dynamic");
            }
        }
    }

    /** The names in a comma-separated list; none means all. */
    static List<String> names(@Nullable Object list) {
        return list == null
                ? List.of()
                : List.of(list.toString().split(",", -1)).stream()
                        .map(String::strip)
                        .toList();
    }

    static @Nullable Object text(SystemTable table, int row, String path) {
        return table.value(row, table.property(path).orElseThrow());
    }

    private static DataverseError invalid(String message) {
        return new DataverseError(400, "0x80040203", message);
    }
}
