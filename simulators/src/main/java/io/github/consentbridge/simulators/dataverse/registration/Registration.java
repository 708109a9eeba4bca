package io.github.consentbridge.simulators.dataverse.registration;

import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.Reference;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import io.github.consentbridge.simulators.http.Ids;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tables of registered webhooks. It holds the contact table's monitor during each change, because a change set may
 * affect both.
 */
public final class Registration {
    private static final long SEED = 366;
    private static final List<String> MESSAGES = List.of(
            "Create",
            "Update",
            "Delete",
            "Merge",
            "Assign",
            "SetState",
            "SetStateDynamicEntity",
            "Retrieve",
            "RetrieveMultiple",
            "CreateMultiple",
            "UpdateMultiple");

    private final ContactTable contacts;
    private final Ids ids = new Ids(SEED);
    private final SystemTable endpoints;
    private final SystemTable steps;
    private final SystemTable images;
    private final SystemTable messages;
    private final SystemTable filters;
    private final RegistrationRules rules;
    private volatile ActiveSteps active = ActiveSteps.NONE;

    public Registration(ContactTable contacts, Clock clock) {
        this.contacts = contacts;
        endpoints = new SystemTable(RegistrationColumns.ENDPOINT, RegistrationColumns.endpoint(), clock);
        steps = new SystemTable(RegistrationColumns.STEP, RegistrationColumns.step(), clock);
        images = new SystemTable(RegistrationColumns.IMAGE, RegistrationColumns.image(), clock);
        messages = new SystemTable(RegistrationColumns.MESSAGE, RegistrationColumns.message(), clock);
        filters = new SystemTable(RegistrationColumns.FILTER, RegistrationColumns.filter(), clock);
        filters.relate("sdkmessageid", messages, "sdkmessageid_sdkmessagefilter");
        steps.relate("sdkmessageid", messages, "sdkmessageid_sdkmessageprocessingstep");
        steps.relate("sdkmessagefilterid", filters, "sdkmessagefilterid_sdkmessageprocessingstep");
        steps.relate("eventhandler", endpoints, "serviceendpoint_sdkmessageprocessingstep");
        images.relate("sdkmessageprocessingstepid", steps, "sdkmessageprocessingstepid_sdkmessageprocessingstepimage");
        rules = new RegistrationRules(contacts);
        MESSAGES.forEach(this::addMessage);
    }

    /** The readable tables. */
    Stream<SystemTable> tables() {
        return Stream.of(endpoints, steps, images, messages, filters);
    }

    SystemTable table(String logicalName) {
        return tables().filter(table -> table.logicalName().equals(logicalName))
                .findFirst()
                .orElseThrow();
    }

    /** Messages and their filters are built in. */
    boolean isReadOnly(SystemTable table) {
        return table == messages || table == filters;
    }

    /** An immutable snapshot of the active steps and their endpoints. */
    public ActiveSteps active() {
        return active;
    }

    /** @throws DataverseError if the system would refuse the row */
    int create(SystemTable table, Optional<UUID> id, Map<SimulatedColumn, @Nullable Object> given) {
        synchronized (contacts) {
            UUID newId = id.orElseGet(ids::next);
            if (table.find(newId) >= 0) {
                throw DataverseError.duplicateRecord();
            }
            int row = table.create(newId, given);
            try {
                complete(table, row, given);
            } catch (DataverseError e) {
                table.delete(row);
                throw e;
            }
            undoWith(() -> table.delete(row));
            return row;
        }
    }

    /** @throws DataverseError if the system would refuse the changed row, which is then left unchanged */
    void update(SystemTable table, int row, Map<SimulatedColumn, @Nullable Object> changes) {
        synchronized (contacts) {
            Map<SimulatedColumn, @Nullable Object> before = table.values(row);
            Map<SimulatedColumn, @Nullable Object> after = table.values(row);
            after.putAll(changes);
            table.store(row, after);
            try {
                complete(table, row, changes);
            } catch (DataverseError e) {
                table.store(row, before);
                throw e;
            }
            undoWith(() -> table.store(row, before));
        }
    }

    /** Deleting a step deletes its images; an endpoint in use cannot be deleted. */
    void delete(SystemTable table, int row) {
        synchronized (contacts) {
            UUID id = table.id(row);
            if (table == endpoints) {
                long users =
                        steps.pointingTo(steps.columnOf("eventhandler"), id).count();
                if (users > 0) {
                    throw RegistrationRules.inUse("ServiceEndpoint", id, users);
                }
            } else if (table == steps) {
                images.pointingTo(images.columnOf("sdkmessageprocessingstepid"), id)
                        .boxed()
                        .toList()
                        .forEach(image -> remove(images, image));
            }
            remove(table, row);
            active = ActiveSteps.of(this);
        }
    }

    private void remove(SystemTable table, int row) {
        Map<SimulatedColumn, @Nullable Object> before = table.values(row);
        table.delete(row);
        undoWith(() -> table.store(row, before));
    }

    private void undoWith(Runnable step) {
        contacts.undo().undoWith(() -> {
            step.run();
            active = ActiveSteps.of(this);
        });
    }

    private void complete(SystemTable table, int row, Map<SimulatedColumn, @Nullable Object> given) {
        if (table == endpoints) {
            noteAuthValue(row, given);
        }
        rules.check(table, row);
        active = ActiveSteps.of(this);
    }

    /**
     * A new URL without a new secret drops the secret, so that it is not sent to another receiver. This is not
     * documented; of the possible behaviours it is the one that a client must handle.
     */
    private void noteAuthValue(int row, Map<SimulatedColumn, @Nullable Object> given) {
        SimulatedColumn authValue = endpoints.columnOf("authvalue");
        Map<SimulatedColumn, @Nullable Object> values = endpoints.values(row);
        if (given.containsKey(endpoints.columnOf("url")) && !given.containsKey(authValue)) {
            values.put(authValue, null);
        }
        values.put(endpoints.columnOf("isauthvalueset"), values.get(authValue) != null);
        endpoints.store(row, values);
    }

    private void addMessage(String name) {
        UUID message = ids.next();
        messages.create(message, Map.of(messages.columnOf("name"), name));
        for (String entity : List.of("account", "contact", "lead")) {
            filters.create(
                    ids.next(),
                    Map.of(
                            filters.columnOf("primaryobjecttypecode"),
                            entity,
                            filters.columnOf("secondaryobjecttypecode"),
                            "none",
                            filters.columnOf("iscustomprocessingstepallowed"),
                            true,
                            filters.columnOf("sdkmessageid"),
                            new Reference(messages.logicalName(), message)));
        }
    }
}
