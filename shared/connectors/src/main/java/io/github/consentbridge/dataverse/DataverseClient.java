package io.github.consentbridge.dataverse;

import io.github.consentbridge.remote.RemoteSettings;
import io.github.consentbridge.remote.TokenSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads and writes contacts of one Dataverse environment, many at a time. Safe for use by several threads; keep one
 * per process. Every method throws {@link DataverseException} when no trustworthy answer was had: an outage never
 * looks like an empty table.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors">
 *     Web API</a>
 */
@SuppressWarnings("DoNotCallSuggester") // nothing behind the signatures yet
public final class DataverseClient {

    /** A client that has sent nothing yet. */
    public DataverseClient(DataverseEnvironment environment, TokenSource tokens, RemoteSettings settings) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** {@code systemuserid} of the application user that we write as. Safe to repeat. */
    public UUID whoAmI() {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Metadata of columns of contact, in two requests at most. Not kept: ask once per process. Safe to repeat.
     *
     * @return by logical name; a column that does not exist is absent
     * @throws IllegalArgumentException if a name cannot be a logical name
     */
    public Map<String, ColumnMetadata> columns(Collection<String> logicalNames) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Whether a key can be looked for: not blank, a GUID if the column is {@code contactid}, and short enough for a
     * URL. Keys for which this is false make {@link #findContacts} throw.
     */
    public static boolean isSearchable(String keyColumn, String key) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Contacts whose key column equals one of the keys, active or not, 100 keys a request. Dataverse ignores case and
     * trailing blanks in this comparison: compare again where that matters. Safe to repeat.
     *
     * @param columns columns to read; the key column is always among {@link ContactRow#values()}
     * @return in no particular order; a key may have none, one or several
     * @throws IllegalArgumentException if a key is not {@link #isSearchable searchable}, before any request
     */
    public List<ContactRow> findContacts(String keyColumn, Collection<String> keys, Collection<String> columns) {
        throw new UnsupportedOperationException("not built yet");
    }

    /**
     * Writes contacts, at most 100 per request, each on its own: one that is refused does not affect the others.
     * Never throws for a remote failure: a batch that failed as a whole is {@link WriteResult.Failed} for each of its
     * writes, and the batches behind it are not sent when the failure concerns the system. Safe to repeat.
     *
     * @return one result per write, in the same order
     */
    public List<WriteResult> write(List<ContactWrite> writes) {
        throw new UnsupportedOperationException("not built yet");
    }

    /** HTTP requests sent by this client so far, repeats included. */
    public long requests() {
        throw new UnsupportedOperationException("not built yet");
    }
}
