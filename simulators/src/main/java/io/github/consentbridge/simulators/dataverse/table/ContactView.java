package io.github.consentbridge.simulators.dataverse.table;

import io.github.consentbridge.simulators.dataverse.column.Reference;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.stream.IntStream;

/** Gives tests direct access to contacts, without the Web API. */
public final class ContactView {
    private final ContactTable table;

    public ContactView(ContactTable table) {
        this.table = table;
    }

    public Map<String, Object> values(UUID id) {
        Map<String, Object> values = new LinkedHashMap<>();
        synchronized (table) {
            int row = table.find(id);
            if (row < 0) {
                return Map.of();
            }
            for (SimulatedColumn column : table.columns()) {
                Object value = table.value(row, column);
                if (value != null) {
                    values.put(column.logicalName(), value instanceof Reference target ? target.id() : value);
                }
            }
        }
        return values;
    }

    public String etag(UUID id) {
        synchronized (table) {
            int row = table.find(id);
            if (row < 0) {
                throw new NoSuchElementException("no contact " + id);
            }
            return table.etag(row);
        }
    }

    public List<UUID> ids() {
        synchronized (table) {
            return IntStream.range(0, table.rows())
                    .filter(table::isLive)
                    .mapToObj(table::id)
                    .toList();
        }
    }
}
