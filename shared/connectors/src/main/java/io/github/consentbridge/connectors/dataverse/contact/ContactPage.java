package io.github.consentbridge.connectors.dataverse.contact;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some contacts, and the link to the next ones. A page may be empty and still not be the last one.
 *
 * @param rows in their present state, including inactive ones
 * @param deleted ids of contacts that were deleted since the delta link was issued, including those created after that.
 *     They are listed after all changed rows; an id that was a row of the same scan before was created again.
 * @param nextLink null on the last page
 * @param deltaLink on the last page of a scan with change tracking, else null. Save it only after all pages are
 *     processed. If the last page has none, read the whole table next time.
 */
public record ContactPage(
        List<ContactRow> rows,
        List<UUID> deleted,
        @Nullable String nextLink,
        @Nullable String deltaLink) {
    public ContactPage {
        rows = List.copyOf(rows);
        deleted = List.copyOf(deleted);
    }

    public Optional<String> next() {
        return Optional.ofNullable(nextLink);
    }

    public Optional<String> delta() {
        return Optional.ofNullable(deltaLink);
    }
}
