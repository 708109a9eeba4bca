package io.github.consentbridge.connectors.dataverse.api;

import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.mapping.document.AttributeName;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Column names of the table contact. They are put into URLs unencoded, so they are checked first. */
public final class ContactColumns {
    public static final String ID = AttributeName.CONTACT_ID.logicalName();
    public static final String MODIFIED_ON = "modifiedon";
    public static final String STATE = "statecode";
    public static final String VERSION = "versionnumber";

    private static final Pattern LOGICAL_NAME = Pattern.compile("[a-z_][a-z0-9_]{0,127}");

    private ContactColumns() {}

    public static void requireLogicalName(String column) {
        if (!LOGICAL_NAME.matcher(column).matches()) {
            throw new IllegalArgumentException("not the logical name of a column: " + column);
        }
    }

    /** The columns to read: the given ones, the key, and those that every {@link ContactRow} has, each once. */
    public static Set<String> toSelect(String keyColumn, Collection<String> columns) {
        Set<String> selected = new LinkedHashSet<>(columns);
        selected.add(keyColumn);
        selected.addAll(List.of(ID, MODIFIED_ON, STATE, VERSION));
        selected.forEach(ContactColumns::requireLogicalName);
        return selected;
    }

    /** The values of a new contact, including the id that we choose. */
    static Map<String, Object> withId(UUID id, Map<String, Object> values) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(ID, id.toString());
        values.forEach(all::putIfAbsent);
        return all;
    }

    /** Refuses invalid names and values before anything is sent. */
    public static void requireWritable(String column, @Nullable Object value) {
        requireLogicalName(column);
        boolean writable = value == null
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof BigDecimal
                || value instanceof String
                || (value instanceof Double number && Double.isFinite(number));
        if (!writable) {
            throw new IllegalArgumentException("column " + column + " has a value of a type that cannot be written");
        }
    }
}
