package io.github.consentbridge.sync.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.didomi.DidomiClient;
import io.github.consentbridge.connectors.didomi.DidomiUser;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.LedgerKey;
import io.github.consentbridge.sync.operations.Host;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What both systems show of a person now, as JSON. A system that cannot be read has {@code {"error":"…"}} in the place of its
 * data.
 */
final class ShownNow {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String CONTACT_ID = AttributeName.CONTACT_ID.logicalName();

    private final Host host;
    private final Integration integration;
    private final LedgerEntry entry;

    ShownNow(Host host, LedgerEntry entry) {
        this.host = host;
        this.integration = host.integration();
        this.entry = entry;
    }

    /** The Didomi users of the person, each as Didomi's API gives it, under each mapped regulation. */
    JsonNode didomi() {
        return read(() -> {
            Map<String, JsonNode> users = new LinkedHashMap<>();
            for (Regulation regulation : regulations()) {
                for (String spelling : spellings()) {
                    users(spelling, regulation)
                            .forEach(user -> users.put(regulation.id() + " " + user.id(), json(user.json())));
                }
            }
            return MAPPER.createArrayNode().addAll(users.values());
        });
    }

    private List<DidomiUser> users(String spelling, Regulation regulation) {
        return RemoteReads.didomi(host.connections(), (DidomiClient client) -> client.users(spelling, regulation.id()));
    }

    private Set<Regulation> regulations() {
        Set<Regulation> regulations = new LinkedHashSet<>();
        integration.mappings().forEach(mapping -> regulations.add(mapping.regulation()));
        return regulations;
    }

    private Set<String> spellings() {
        Set<String> spellings = new LinkedHashSet<>();
        spellings.add(entry.didomiId());
        spellings.add(entry.person().key().value());
        return spellings;
    }

    /**
     * The mapped columns and the key of the person's contact, by logical name, with {@code contactid}, {@code modifiedon} and
     * {@code active}; empty if there is none. Where several contacts have the key, the others are in {@code more_contacts}.
     */
    JsonNode dynamics() {
        return read(() -> {
            ArrayNode contacts = MAPPER.createArrayNode();
            contacts().forEach(row -> contacts.add(json(row)));
            if (contacts.isEmpty()) {
                return MAPPER.createObjectNode();
            }
            ObjectNode first = (ObjectNode) contacts.remove(0);
            return contacts.isEmpty() ? first : first.set("more_contacts", contacts);
        });
    }

    private Collection<ContactRow> contacts() {
        Map<UUID, ContactRow> found = new LinkedHashMap<>();
        @Nullable String linked = entry.person().contactId();
        if (linked != null) {
            find(CONTACT_ID, Set.of(linked)).forEach(row -> found.put(row.id(), row));
        }
        String keyColumn = integration.contactKey().logicalName();
        Set<String> keys = spellings();
        keys.removeIf(key -> !DataverseClient.isSearchable(keyColumn, key));
        find(keyColumn, keys).forEach(row -> found.put(row.id(), row));
        found.values().removeIf(row -> isOfAnother(row, keyColumn));
        return found.values();
    }

    private List<ContactRow> find(String column, Collection<String> values) {
        return RemoteReads.dataverse(host.connections(), client -> client.findContacts(column, values, columns()));
    }

    private Set<String> columns() {
        Set<String> columns = new TreeSet<>();
        columns.add(integration.contactKey().logicalName());
        integration.mappings().stream()
                .map(Mapping::column)
                .map(AttributeName::logicalName)
                .forEach(columns::add);
        return columns;
    }

    /** Dataverse's comparison ignores accents and case, and a contact may have been given to somebody else since. */
    private boolean isOfAnother(ContactRow row, String keyColumn) {
        @Nullable
        Object key = keyColumn.equals(CONTACT_ID) ? row.id() : row.values().get(keyColumn);
        return key != null
                && !key.toString().isEmpty()
                && !LedgerKey.of(integration, key.toString())
                        .equals(entry.person().key());
    }

    private ObjectNode json(ContactRow row) {
        ObjectNode node = MAPPER.createObjectNode()
                .put(CONTACT_ID, row.id().toString())
                .put("modifiedon", row.modifiedOn().toString())
                .put("active", row.active());
        for (String column : columns()) {
            if (!column.equals(CONTACT_ID)) {
                node.set(column, MAPPER.valueToTree(row.values().get(column)));
            }
        }
        return node;
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException("a Didomi user that was read as JSON is none", e);
        }
    }

    private static JsonNode read(Supplier<JsonNode> data) {
        try {
            return data.get();
        } catch (RemoteException | CredentialsException e) {
            return error(e);
        }
    }

    private static ObjectNode error(BridgeException failure) {
        return MAPPER.createObjectNode().put(PersonExport.ERROR, failure.sentence());
    }
}
