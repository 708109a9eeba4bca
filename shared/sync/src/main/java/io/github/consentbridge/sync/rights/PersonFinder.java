package io.github.consentbridge.sync.rights;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.mapping.consent.ClockRule;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.connections.ContactRows;
import io.github.consentbridge.sync.operations.Host;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the organization user ids of people by what else is known of them. */
public final class PersonFinder {
    private static final List<String> EMAIL_COLUMNS = List.of("emailaddress1", "emailaddress2", "emailaddress3");

    private final Host host;
    private final AttributeName keyColumn;

    public PersonFinder(Host host) {
        this.host = host;
        this.keyColumn = host.integration().contactKey();
    }

    /**
     * What a search has found.
     *
     * @param keys the organization user ids, in order
     * @param contacts the ids of the contacts
     */
    public record Found(List<String> keys, List<String> contacts) {
        public Found {
            keys = List.copyOf(keys);
            contacts = List.copyOf(contacts);
        }

        /** The one person that was found; empty if it was not one. */
        public String person() {
            return keys.size() == 1 ? keys.get(0) : "";
        }
    }

    /**
     * Searches; safe to repeat.
     *
     * @throws BridgeException if the query cannot be one
     * @throws io.github.consentbridge.connectors.http.RemoteException if Dataverse cannot be read
     */
    public Found find(PersonQuery query) {
        return query instanceof PersonQuery.Email email
                ? byEmail(email.address().strip())
                : byContact(((PersonQuery.Contact) query).id().strip());
    }

    /**
     * The organization user ids that were found.
     *
     * @throws BridgeException if contacts were found, but none has one
     */
    public List<String> keys(Found found) {
        if (found.keys().isEmpty() && !found.contacts().isEmpty()) {
            throw new BridgeException(
                    ExitCode.FINDINGS,
                    "contact " + String.join(", ", found.contacts()) + " has no organization user id (column "
                            + keyColumn.logicalName() + "), so the bridge keeps nothing under it");
        }
        return found.keys();
    }

    private Found byEmail(String address) {
        if (!DataverseClient.isSearchable(EMAIL_COLUMNS.get(0), address)) {
            throw new BridgeException(ExitCode.USAGE, "this is not an e-mail address that can be searched for");
        }
        Map<UUID, ContactRow> rows = new LinkedHashMap<>();
        for (String column : EMAIL_COLUMNS) {
            RemoteReads.dataverse(
                            host.connections(),
                            client -> client.findContacts(column, List.of(address), List.of(keyColumn.logicalName())))
                    .stream()
                    .filter(row -> isAddress(row.values().get(column), address))
                    .forEach(row -> rows.put(row.id(), row));
        }
        List<ContactState> contacts = rows.values().stream()
                .map(row -> ContactRows.state(row, new ClockRule(host.clock().instant())))
                .toList();
        return found(contacts);
    }

    /** Dataverse ignores accents as well as case, so that it finds other people's addresses too. */
    private static boolean isAddress(@Nullable Object value, String address) {
        return value != null && value.toString().strip().equalsIgnoreCase(address);
    }

    private Found byContact(String id) {
        UUID contact = uuid(id);
        ClockRule now = new ClockRule(host.clock().instant());
        Optional<ContactState> row = RemoteReads.dataverse(
                host.connections(),
                client -> ContactRows.read(client, List.of(contact), List.of(keyColumn.logicalName()), now)
                        .survivor(contact));
        return row.isPresent()
                ? found(List.of(row.get()))
                : new Found(
                        host.ledger().personOf(contact.toString()).map(OrganizationUserId::value).stream()
                                .toList(),
                        List.of());
    }

    private static UUID uuid(String id) {
        if (!DataverseClient.isSearchable(AttributeName.CONTACT_ID.logicalName(), id)) {
            throw new BridgeException(
                    ExitCode.USAGE,
                    "this is not the id of a contact, which looks like 6f0c1f6e-8d2a-4d9b-9a51-1c5a3c1f0a01");
        }
        return UUID.fromString(id);
    }

    private Found found(Collection<ContactState> contacts) {
        return new Found(
                contacts.stream().flatMap(this::key).distinct().sorted().toList(),
                contacts.stream().map(ContactState::contactId).sorted().toList());
    }

    private Stream<String> key(ContactState contact) {
        if (keyColumn.equals(AttributeName.CONTACT_ID)) {
            return Stream.of(contact.contactId().toLowerCase(Locale.ROOT));
        }
        return Optional.ofNullable(contact.values().get(keyColumn)).map(Object::toString).stream()
                .filter(key -> host.integration().ignoredKeys().match(key).isEmpty());
    }
}
