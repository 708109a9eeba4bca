package io.github.consentbridge.sync.connections;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.api.ContactColumns;
import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.mapping.consent.ClockRule;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.AttributeName;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Contacts read by their own ids, many at once, together with those that they were merged into. */
public final class ContactRows {
    private static final String MASTER = "_masterid_value";
    private static final List<String> ALSO = List.of("createdon", MASTER);

    /** Contacts are sometimes merged into merged ones; a longer chain, or a ring, is not followed. */
    private static final int MAX_CHAIN = 5;

    private final Map<UUID, ContactRow> rows = new HashMap<>();

    private final ClockRule clock;

    private ContactRows(ClockRule clock) {
        this.clock = clock;
    }

    /**
     * Reads contacts, and the survivors of merged ones. Without ids no request is sent.
     *
     * @param columns of the mappings, and the key column
     * @param clock of the moment at which they are read
     */
    public static ContactRows read(
            DataverseClient dataverse, Collection<UUID> ids, Collection<String> columns, ClockRule clock) {
        Set<String> selected = new LinkedHashSet<>(columns);
        selected.addAll(ALSO);
        ContactRows read = new ContactRows(clock);
        Set<UUID> wanted = new LinkedHashSet<>(ids);
        for (int hop = 0; hop <= MAX_CHAIN && !wanted.isEmpty(); hop++) {
            List<String> keys = wanted.stream().map(UUID::toString).toList();
            dataverse.findContacts(ContactColumns.ID, keys, selected).forEach(row -> read.rows.put(row.id(), row));
            wanted.clear();
            read.rows.values().forEach(row -> master(row).ifPresent(wanted::add));
            wanted.removeAll(read.rows.keySet());
        }
        return read;
    }

    private static Optional<UUID> master(ContactRow row) {
        return Optional.ofNullable(row.values().get(MASTER)).map(id -> UUID.fromString(id.toString()));
    }

    public Optional<ContactState> row(UUID id) {
        return Optional.ofNullable(rows.get(id)).map(row -> state(row, clock));
    }

    /** The contact that represents the person now: this one, or the last that it was merged into. */
    public Optional<ContactState> survivor(UUID id) {
        @Nullable ContactRow row = rows.get(id);
        for (int hop = 0; hop < MAX_CHAIN && row != null && master(row).isPresent(); hop++) {
            row = rows.get(master(row).get());
        }
        return Optional.ofNullable(row).map(found -> state(found, clock));
    }

    /**
     * The row as a settle takes it.
     *
     * @param clock of the moment at which it was read
     */
    public static ContactState state(ContactRow row, ClockRule clock) {
        Map<AttributeName, Object> values = new HashMap<>();
        row.values().forEach((name, value) -> values.put(new AttributeName(name), value));
        return new ContactState(
                row.id().toString(),
                row.etag(),
                clock.counted(new Stamp(row.versionNumber(), row.modifiedOn())),
                values);
    }
}
