package io.github.consentbridge.sync.connections;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.KeyCase;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the contacts of many people at once, and says plainly where a key names none or several. */
public final class ContactFinder {
    private final Integration integration;
    private final String keyColumn;

    public ContactFinder(Integration integration) {
        this.integration = integration;
        this.keyColumn = integration.contactKey().logicalName();
    }

    /** Why no contact can be looked for under this key, as a sentence; empty if one can. */
    public Optional<String> unsearchable(OrganizationUserId key) {
        if (DataverseClient.isSearchable(keyColumn, key.value())) {
            return Optional.empty();
        }
        return Optional.of(
                keyColumn.equals("contactid")
                        ? "the organization user id is not a GUID, but contact_key is contactid: set contact_key to the"
                                + " column that holds it"
                        : "the organization user id is blank or too long to look for in column " + keyColumn);
    }

    /**
     * Reads the contacts of these people.
     *
     * @return for each person that has any, its contacts: one, or several that are all active
     */
    public Map<OrganizationUserId, List<ContactRow>> find(
            DataverseClient dataverse, Collection<OrganizationUserId> people, List<String> columns) {
        Map<String, OrganizationUserId> byKey = new HashMap<>();
        people.forEach(person -> byKey.put(comparable(person.value()), person));
        List<String> keys = people.stream().map(OrganizationUserId::value).toList();
        Map<OrganizationUserId, List<ContactRow>> found = new LinkedHashMap<>();
        for (ContactRow row : dataverse.findContacts(keyColumn, keys, columns)) {
            // Dataverse ignores case and trailing blanks; the key decides what is the same person.
            @Nullable OrganizationUserId person = byKey.get(comparable(keyOf(row)));
            if (person != null) {
                found.computeIfAbsent(person, id -> new ArrayList<>()).add(row);
            }
        }
        found.replaceAll((person, rows) -> preferActive(rows));
        return found;
    }

    /** The organization user id as the contact spells it; empty if it has none. */
    public String keyOf(ContactRow row) {
        return keyColumn.equals("contactid")
                ? row.id().toString()
                : Objects.toString(row.values().get(keyColumn), "");
    }

    private String comparable(String key) {
        // A GUID is the same in either case.
        return integration.keyCase() == KeyCase.LOWER || keyColumn.equals("contactid")
                ? key.toLowerCase(Locale.ROOT)
                : key;
    }

    /** A merged or deactivated contact keeps its key; the one in use is meant. */
    private static List<ContactRow> preferActive(List<ContactRow> rows) {
        List<ContactRow> active = rows.stream().filter(ContactRow::active).toList();
        return active.isEmpty() ? rows : active;
    }
}
