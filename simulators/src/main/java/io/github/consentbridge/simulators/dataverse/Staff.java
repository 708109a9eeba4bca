package io.github.consentbridge.simulators.dataverse;

import io.github.consentbridge.simulators.dataverse.column.DataverseError;
import io.github.consentbridge.simulators.dataverse.column.Reference;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import io.github.consentbridge.simulators.http.Ids;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Users who work in the app. */
final class Staff {
    private final ContactTable table;
    private final ContactOperations operations;
    private final Ids ids;
    private final Caller member;
    private final Caller merger;

    /**
     * @param system the user that executes merges
     * @param ids for new contacts
     */
    Staff(ContactTable table, ContactOperations operations, Ids ids, Reference member, Reference system) {
        this.table = table;
        this.operations = operations;
        this.ids = ids;
        this.member = Caller.of(member);
        this.merger = new Caller(system, member, this.member.tag());
    }

    UUID add(Map<String, ?> values) {
        return act(() -> {
            Map<SimulatedColumn, @Nullable Object> given = StaffEntries.read(table, values, true);
            Object id = given.get(table.column("contactid").orElseThrow());
            return table.id(operations.create(id instanceof UUID uuid ? uuid : ids.next(), given, member));
        });
    }

    void edit(UUID id, Map<String, ?> changes) {
        act(() -> {
            operations.update(row(id), StaffEntries.read(table, changes, false), member);
            return id;
        });
    }

    void delete(UUID id) {
        act(() -> {
            operations.delete(row(id), member);
            return id;
        });
    }

    void merge(UUID survivor, UUID subordinate, Map<String, ?> takenOver) {
        act(() -> {
            Map<SimulatedColumn, @Nullable Object> content = StaffEntries.read(table, takenOver, false);
            operations.merge(row(survivor), row(subordinate), content, merger);
            return survivor;
        });
    }

    private int row(UUID id) {
        int row = table.find(id);
        if (row < 0) {
            throw new NoSuchElementException("no contact " + id);
        }
        return row;
    }

    private UUID act(Supplier<UUID> work) {
        try {
            synchronized (table) {
                return work.get();
            }
        } catch (DataverseError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
