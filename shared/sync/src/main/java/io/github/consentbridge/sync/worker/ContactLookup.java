package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.http.Bisection;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.KeyCase;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.ContactSchema;
import io.github.consentbridge.sync.connections.SchemaSource;
import io.github.consentbridge.sync.isolation.Operation;
import io.github.consentbridge.sync.worker.PersonStage.Loaded;
import io.github.consentbridge.sync.worker.PersonStage.Located;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the contacts of many people at once. A person whose key cannot be searched, or who has several contacts, ends. */
final class ContactLookup {
    private final Integration integration;
    private final Connections connections;
    private final SystemPauses pauses;
    private final String keyColumn;

    ContactLookup(Integration integration, Connections connections, SystemPauses pauses) {
        this.integration = integration;
        this.connections = connections;
        this.pauses = pauses;
        this.keyColumn = integration.contactKey().logicalName();
    }

    /** Those whose key can be searched: a single other one would make the request for all of them fail. */
    List<StepResult<Loaded>> searchable(List<Loaded> people) {
        return people.stream().map(this::searchable).toList();
    }

    private StepResult<Loaded> searchable(Loaded person) {
        if (DataverseClient.isSearchable(keyColumn, person.key().value())) {
            return new StepResult.Next<>(person);
        }
        return person.ended(new DeliveryOutcome.Dead(
                keyColumn.equals(AttributeName.CONTACT_ID.logicalName())
                        ? "the organization user id is not a GUID, but contact_key is contactid: set contact_key to the"
                                + " column that holds it"
                        : "the organization user id is blank or too long to look for in column " + keyColumn));
    }

    /**
     * Reads the contacts of these people. If that fails, it is read for ever fewer of them, until those whose contact
     * cannot be read are alone.
     *
     * @throws RemoteException if Dataverse fails for all of them, or a column no longer exists
     */
    List<StepResult<Located>> find(List<Loaded> people, ContactSchema schema) {
        Reads reads = new Reads(schema);
        Bisection<Loaded, Read> search = new Bisection<>(people, reads);
        List<Read> read = search.send();
        if (search.stopCause().isPresent() && !search.hasSuccess()) {
            throw search.stopCause().get();
        }
        return reads.results(read);
    }

    /** The contact of a person, or why it could not be read. */
    private record Read(
            Loaded person, List<ContactRow> rows, @Nullable RemoteException failure) {}

    private final class Reads implements Bisection.Requests<Loaded, Read> {
        private final DataverseClient dataverse = connections.dataverse();
        private final ContactSchema schema;

        Reads(ContactSchema schema) {
            this.schema = schema;
        }

        @Override
        public List<Read> send(List<Loaded> people) {
            Map<OrganizationUserId, List<ContactRow>> found = find(dataverse, people, schema);
            found.putAll(find(dataverse, vanished(people, found), schema));
            return people.stream()
                    .map(person -> new Read(person, found.getOrDefault(person.key(), List.of()), null))
                    .toList();
        }

        @Override
        public Read alone(Loaded person, RemoteException failure) {
            return new Read(person, List.of(), failure);
        }

        @Override
        public Read stopped(Loaded person, RemoteException failure) {
            return new Read(person, List.of(), failure);
        }

        @Override
        public void probe() {
            dataverse.probe().reads();
        }

        @Override
        public boolean concernsAll(RemoteException failure) {
            return !failure.canConcernOneRecord() || SchemaSource.lacksColumn(failure);
        }

        List<StepResult<Located>> results(List<Read> read) {
            SystemPauses.RecordResults results = pauses.results(Operation.CONTACT_READ, this::probe);
            for (Read each : read) {
                if (each.failure() == null) {
                    results.succeeded(each.person().key().value());
                } else {
                    results.failed(each.person().key().value(), each.failure());
                }
            }
            return read.stream().map(each -> result(each, results)).toList();
        }

        private StepResult<Located> result(Read read, SystemPauses.RecordResults results) {
            Loaded person = read.person();
            @Nullable RemoteException failure = read.failure();
            return failure == null
                    ? located(person, read.rows())
                    : person.ended(results.outcome(person.key().value(), failure));
        }
    }

    /**
     * People whose contact is known, but was not found. They are searched once more: contacts are rarely deleted, and an
     * answer that lacks rows by fault must not look like a deletion.
     */
    private static List<Loaded> vanished(List<Loaded> people, Map<OrganizationUserId, List<ContactRow>> found) {
        return people.stream()
                .filter(person -> !found.containsKey(person.key()))
                .filter(person -> person.entry().person().contactId() != null)
                .toList();
    }

    private static StepResult<Located> located(Loaded person, List<ContactRow> rows) {
        if (rows.size() <= 1) {
            return new StepResult.Next<>(person.at(rows.isEmpty() ? null : rows.get(0)));
        }
        List<String> ids = rows.stream().map(row -> row.id().toString()).toList();
        return person.ended(new DeliveryOutcome.Dead("ambiguous: contacts " + String.join(", ", ids)
                + " have this organization user id: merge them, then replay"));
    }

    /** The contacts of each person that has any: one, or several that are all active. */
    private Map<OrganizationUserId, List<ContactRow>> find(
            DataverseClient dataverse, List<Loaded> people, ContactSchema schema) {
        if (people.isEmpty()) {
            return Map.of();
        }
        Map<String, OrganizationUserId> byKey = new HashMap<>();
        people.forEach(person -> byKey.put(comparable(person.key().value()), person.key()));
        List<String> keys = people.stream().map(person -> person.key().value()).toList();
        Map<OrganizationUserId, List<ContactRow>> found = new LinkedHashMap<>();
        for (ContactRow row : dataverse.findContacts(keyColumn, keys, schema.columnNames())) {
            // Dataverse ignores case and trailing blanks; the key decides what is the same person.
            @Nullable OrganizationUserId person = byKey.get(comparable(keyOf(row)));
            if (person != null) {
                found.computeIfAbsent(person, key -> new ArrayList<>()).add(row);
            }
        }
        found.replaceAll((person, rows) -> preferActive(rows));
        return found;
    }

    /** The organization user id as the contact spells it; empty if it has none. */
    String keyOf(ContactRow row) {
        return keyColumn.equals(AttributeName.CONTACT_ID.logicalName())
                ? row.id().toString()
                : Objects.toString(row.values().get(keyColumn), "");
    }

    private String comparable(String key) {
        // A GUID is the same in either case.
        return integration.keyCase() == KeyCase.LOWER || keyColumn.equals(AttributeName.CONTACT_ID.logicalName())
                ? key.toLowerCase(Locale.ROOT)
                : key;
    }

    /** A merged or deactivated contact keeps its key; the active one is meant. */
    private static List<ContactRow> preferActive(List<ContactRow> rows) {
        List<ContactRow> active = rows.stream().filter(ContactRow::active).toList();
        return active.isEmpty() ? rows : active;
    }
}
