package io.github.consentbridge.sync.worker;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.ContactFinder;
import io.github.consentbridge.sync.connections.ContactSchema;
import io.github.consentbridge.sync.connections.SchemaSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the contacts of the people in hand, and tells those apart for whom there cannot be a single one. */
final class ContactLookup {
    private final SchemaSource schemas;
    private final Connections connections;
    private final ContactFinder finder;

    ContactLookup(Integration integration, SchemaSource schemas, Connections connections) {
        this.schemas = schemas;
        this.connections = connections;
        this.finder = new ContactFinder(integration);
    }

    /** Reads the contacts; who has no single one has a fate. Says whether the columns are still what they were. */
    boolean find(List<PersonTask> tasks, ContactSchema schema) {
        Map<OrganizationUserId, PersonTask> searchable = new LinkedHashMap<>();
        for (PersonTask task : tasks) {
            finder.unsearchable(task.key)
                    .ifPresentOrElse(
                            reason -> task.end(new DeliveryOutcome.Dead(reason)), () -> searchable.put(task.key, task));
        }
        try {
            find(searchable, schema);
            return true;
        } catch (RemoteException e) {
            if (schemas.forgetAfter(e)) {
                return false;
            }
            throw e;
        }
    }

    private void find(Map<OrganizationUserId, PersonTask> tasks, ContactSchema schema) {
        if (tasks.isEmpty()) {
            return;
        }
        DataverseClient dataverse = connections.dataverse();
        try {
            Map<OrganizationUserId, List<ContactRow>> found =
                    finder.find(dataverse, tasks.keySet(), schema.columnNames());
            found.putAll(finder.find(dataverse, vanished(tasks, found), schema.columnNames()));
            tasks.forEach((key, task) -> assign(task, found.getOrDefault(key, List.of())));
        } catch (RemoteException e) {
            if (e.concernsSystem() || SchemaSource.lacksColumn(e)) {
                throw e;
            }
            findInHalves(tasks, schema, e);
        }
    }

    /**
     * Who had a contact and is not found. They are looked for once more: contacts are rarely deleted, and an answer that
     * lacks rows by fault must not make anybody seem to have none.
     */
    private static List<OrganizationUserId> vanished(
            Map<OrganizationUserId, PersonTask> tasks, Map<OrganizationUserId, List<ContactRow>> found) {
        return tasks.entrySet().stream()
                .filter(person -> !found.containsKey(person.getKey()))
                .filter(person ->
                        requireNonNull(person.getValue().entry).person().contactId() != null)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** One key that Dataverse cannot take, or too many of them, makes a request for many fail: halving finds out which. */
    private void findInHalves(Map<OrganizationUserId, PersonTask> tasks, ContactSchema schema, RemoteException cause) {
        if (tasks.size() == 1) {
            tasks.values()
                    .forEach(task -> task.end(
                            new DeliveryOutcome.Failed("the contact could not be read: " + cause.getMessage())));
            return;
        }
        List<Map.Entry<OrganizationUserId, PersonTask>> all = List.copyOf(tasks.entrySet());
        int middle = all.size() / 2;
        find(part(all.subList(0, middle)), schema);
        find(part(all.subList(middle, all.size())), schema);
    }

    private static Map<OrganizationUserId, PersonTask> part(List<Map.Entry<OrganizationUserId, PersonTask>> people) {
        Map<OrganizationUserId, PersonTask> part = new LinkedHashMap<>();
        people.forEach(person -> part.put(person.getKey(), person.getValue()));
        return part;
    }

    private static void assign(PersonTask task, List<ContactRow> rows) {
        if (rows.size() > 1) {
            List<String> ids = rows.stream().map(row -> row.id().toString()).toList();
            task.end(new DeliveryOutcome.Dead("ambiguous: contacts " + String.join(", ", ids)
                    + " have this organization user id: merge them, then replay"));
        } else if (rows.size() == 1) {
            task.contact = rows.get(0);
        }
    }
}
