package io.github.consentbridge.connectors.dataverse;

import io.github.consentbridge.connectors.dataverse.api.DataverseApi;
import io.github.consentbridge.connectors.dataverse.api.DataverseEnvironment;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.dataverse.api.DataverseProbe;
import io.github.consentbridge.connectors.dataverse.api.PageSource;
import io.github.consentbridge.connectors.dataverse.audit.AuditHistory;
import io.github.consentbridge.connectors.dataverse.audit.ColumnHistory;
import io.github.consentbridge.connectors.dataverse.contact.BatchWriter;
import io.github.consentbridge.connectors.dataverse.contact.ContactPage;
import io.github.consentbridge.connectors.dataverse.contact.ContactPages;
import io.github.consentbridge.connectors.dataverse.contact.ContactQuery;
import io.github.consentbridge.connectors.dataverse.contact.ContactReader;
import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.dataverse.contact.ContactWrite;
import io.github.consentbridge.connectors.dataverse.contact.WriteResult;
import io.github.consentbridge.connectors.dataverse.metadata.ColumnDefinitions;
import io.github.consentbridge.connectors.dataverse.metadata.ColumnMetadata;
import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import io.github.consentbridge.connectors.dataverse.metadata.TableMetadata;
import io.github.consentbridge.connectors.dataverse.webhook.DataverseWebhooks;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.TokenSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Reads and writes contacts of one Dataverse environment in bulk. Safe for use by several threads; keep one per
 * process. Every method throws {@link DataverseException} if it gets no trustworthy answer: an outage never looks like
 * an empty table.
 *
 * @see <a
 *     href="https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors">
 *     Web API</a>
 */
public final class DataverseClient {
    private final DataverseApi api;

    /** Creates a client; sends nothing yet. */
    public DataverseClient(DataverseEnvironment environment, TokenSource tokens, RemoteSettings settings) {
        api = new DataverseApi(environment, tokens, settings);
    }

    /** Our application user and the environment's organization. Safe to repeat. */
    public WhoAmI whoAmI() {
        return api.get(WhoAmI.PATH, WhoAmI::read);
    }

    /** The environment's settings of the table contact. Safe to repeat. */
    public TableMetadata table() {
        return api.get(TableMetadata.PATH, TableMetadata::read);
    }

    /** Whether a user has the role System Administrator, in any language. Safe to repeat. */
    public boolean isSystemAdministrator(UUID systemUser) {
        return api.get(AssignedRoles.path(systemUser), AssignedRoles::holdSystemAdministrator);
    }

    /**
     * Metadata of columns of contact, in at most two requests. It is not cached: ask once per process. Safe to repeat.
     *
     * @return by logical name; a column that does not exist is absent
     * @throws IllegalArgumentException if a name cannot be a logical name
     */
    public Map<String, ColumnMetadata> columns(Collection<String> logicalNames) {
        return new ColumnDefinitions(api).of(logicalNames);
    }

    /** All columns of contact with their labels, in two requests. Safe to repeat. */
    public List<LabelledColumn> labelledColumns() {
        return new ColumnDefinitions(api).all();
    }

    /**
     * Whether a key can be searched for: valid, non-blank text, a GUID if the column is {@code contactid}, and short
     * enough for a URL. {@link #findContacts} throws for other keys.
     */
    public static boolean isSearchable(String keyColumn, String key) {
        return ContactQuery.isSearchable(keyColumn, key);
    }

    /**
     * Contacts whose key column equals one of the keys, active or not, 200 keys a request. Dataverse ignores case and
     * trailing blanks in this comparison: compare again if that matters. Safe to repeat.
     *
     * @param columns columns to read; the key column is always among {@link ContactRow#values()}
     * @return each contact once, in no particular order; a key may have none, one or several
     * @throws IllegalArgumentException if a key is not {@link #isSearchable searchable}, before any request
     */
    public List<ContactRow> findContacts(String keyColumn, Collection<String> keys, Collection<String> columns) {
        Set<String> read = new LinkedHashSet<>(columns);
        read.add(keyColumn);
        ContactReader reader = new ContactReader(read);
        Map<UUID, ContactRow> found = new LinkedHashMap<>();
        for (String path : ContactQuery.paths(keyColumn, keys, read)) {
            addAllPages(api.get(path, reader::read), reader, found);
        }
        return List.copyOf(found.values());
    }

    /**
     * One page of contacts, active or not. Safe to repeat. The caller follows the pages, so that it needs to keep only
     * one in memory. A repeated next link means that the pages form a loop.
     *
     * @param columns columns to read
     * @param pageSize maximum number of rows per page, 1 to 5000
     * @throws DataverseException also with {@link DataverseException#requiresFullPass()} if a saved link is too old,
     *     and with {@link DataverseException#isForeignLink()} if a link leads out of the environment
     */
    public ContactPage contacts(Collection<String> columns, PageSource source, int pageSize) {
        return new ContactPages(api, columns, pageSize).read(source);
    }

    /**
     * The changes of one column of a contact: who, when, and both values. Empty parts are possible: auditing must be on
     * and readable for us. One request, and one more per hundred changes. Safe to repeat.
     *
     * @param column logical name
     * @see <a
     *     href="https://learn.microsoft.com/power-apps/developer/data-platform/auditing/retrieve-audit-data">Retrieve
     *     the history of audited data changes</a>
     */
    public ColumnHistory history(UUID contact, String column) {
        return new AuditHistory(api, contact, column).read();
    }

    /**
     * Writes contacts, at most 100 per request and independently of each other: a refused one does not affect the
     * others. Never throws for a remote failure: a batch that fails as a whole is halved, so that what makes it fail is
     * {@link WriteResult.Failed} alone. If the system fails, all that is left is, and no further batch is sent. Safe to
     * repeat.
     *
     * @return one result per write, in the same order
     */
    public List<WriteResult> write(List<ContactWrite> writes) {
        return new BatchWriter(api).write(writes);
    }

    /** Harmless requests that show whether Dataverse answers. */
    public DataverseProbe probe() {
        return new DataverseProbe(api);
    }

    /** The environment's webhooks, with the same token and limits. */
    public DataverseWebhooks webhooks() {
        return new DataverseWebhooks(api);
    }

    /** Ends the pause that a throttling answer caused; the next request is sent at once. */
    public void endPause() {
        api.endPause();
    }

    /** The number of HTTP requests this client has sent, including repeats. */
    public long requests() {
        return api.requests();
    }

    private void addAllPages(ContactPage first, ContactReader reader, Map<UUID, ContactRow> found) {
        first.rows().forEach(row -> found.put(row.id(), row));
        Set<String> followed = new HashSet<>();
        String link = first.nextLink();
        while (link != null) {
            if (!followed.add(link)) {
                throw ContactPages.repeatedLink();
            }
            ContactPage page = api.get(api.checkedLink(link), reader::read);
            page.rows().forEach(row -> found.put(row.id(), row));
            link = page.nextLink();
        }
    }
}
