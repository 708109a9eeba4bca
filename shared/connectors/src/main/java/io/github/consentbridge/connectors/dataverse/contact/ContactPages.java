package io.github.consentbridge.connectors.dataverse.contact;

import io.github.consentbridge.connectors.dataverse.api.ContactColumns;
import io.github.consentbridge.connectors.dataverse.api.DataverseApi;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.dataverse.api.PageSource;
import io.github.consentbridge.connectors.http.PercentEncoding;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteFailure;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Reads contacts page by page.
 *
 * @see <a
 *     href="https://learn.microsoft.com/power-apps/developer/data-platform/use-change-tracking-synchronize-data-external-systems">
 *     Change tracking</a>
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query/page-results">Page
 *     results</a>
 */
public final class ContactPages {
    private static final int MAX_PAGE_SIZE = 5000;

    private final DataverseApi api;
    private final Set<String> selected;
    private final ContactReader reader;
    private final String pageSize;

    public ContactPages(DataverseApi api, Collection<String> columns, int pageSize) {
        if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("a page holds 1 to " + MAX_PAGE_SIZE + " contacts");
        }
        this.api = api;
        this.selected = ContactColumns.toSelect(ContactColumns.ID, columns);
        this.reader = new ContactReader(columns);
        this.pageSize = "odata.maxpagesize=" + pageSize;
    }

    public ContactPage read(PageSource source) {
        if (source instanceof PageSource.Link link) {
            return follow(link.address());
        }
        String path = "/contacts?$select=" + String.join(",", selected);
        if (source instanceof PageSource.ModifiedSince since) {
            return api.get(api.address(path + modifiedSince(since.time())), pageSize, reader::read);
        }
        return api.get(api.address(path), "odata.track-changes," + pageSize, reader::read);
    }

    /** The tracking preference is for the first request only; the link contains it. */
    private ContactPage follow(String link) {
        URI address = api.checkedLink(link);
        requireColumns(address);
        ContactPage page = api.get(address, pageSize, reader::read);
        if (link.equals(page.nextLink())) {
            throw repeatedLink();
        }
        return page;
    }

    public static DataverseException repeatedLink() {
        return new DataverseException(
                RemoteFailure.withoutAnswer(RemoteException.Kind.UNAVAILABLE, "repeated_next_link"),
                "Dataverse repeated a next link: its pages form a loop");
    }

    /** A column that the link does not select would look cleared on every row. */
    private void requireColumns(URI address) {
        for (String option : address.getRawQuery() == null
                ? new String[0]
                : address.getRawQuery().split("&", -1)) {
            String decoded = URLDecoder.decode(option, StandardCharsets.UTF_8);
            boolean isSelect = decoded.startsWith("$select=");
            if (isSelect && !List.of(decoded.substring(8).split(",", -1)).containsAll(selected)) {
                throw new DataverseException(
                        RemoteFailure.withoutAnswer(RemoteException.Kind.PERMANENT, DataverseException.OTHER_COLUMNS),
                        "The saved link does not read all the columns that are mapped now");
            }
        }
    }

    private static String modifiedSince(Instant time) {
        return "&$filter="
                + PercentEncoding.encode(ContactColumns.MODIFIED_ON + " ge " + time.truncatedTo(ChronoUnit.SECONDS))
                + "&$orderby=" + ContactColumns.MODIFIED_ON + "%20asc," + ContactColumns.ID + "%20asc";
    }
}
