package io.github.consentbridge.mapping.consent;

import io.github.consentbridge.mapping.document.AttributeName;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A contact as it was just read, or one that is about to be created.
 *
 * @param etag the condition of a write to this row
 * @param values column values as the Web API gives them (Boolean, Number, String); absent if the column is empty
 */
public record ContactState(String contactId, String etag, Stamp stamp, Map<AttributeName, Object> values) {
    /** The ETag of a contact that does not exist yet. */
    public static final String PLANNED = "";

    public ContactState {
        values = Collections.unmodifiableMap(new HashMap<>(values));
    }

    /**
     * A contact that will be created with this id if the settle finds anything to write. It has no values to observe.
     */
    public static ContactState planned(String contactId) {
        return new ContactState(contactId, PLANNED, new Stamp(Choice.UNKNOWN_VERSION, Instant.EPOCH), Map.of());
    }

    public boolean isPlanned() {
        return etag.equals(PLANNED);
    }

    @Nullable
    public Object value(AttributeName column) {
        return values.get(column);
    }
}
