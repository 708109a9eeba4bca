package io.github.consentbridge.connectors.dataverse.contact;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some contacts, and where to go on. A page may be empty and still have others behind it.
 *
 * @param rows in their present state, inactive ones too
 * @param deleted ids of contacts deleted since the delta link was given, known or not: one that came and went in between
 *     is among them. They follow behind all changed rows; an id met before as a row of the same reading was created anew.
 * @param nextLink null on the last page
 * @param deltaLink on the last page of a reading with change tracking, else null. Save it when all pages are dealt with,
 *     not earlier. A last page without one means: read the whole table next time.
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

    /** The following page; empty on the last one. */
    public Optional<String> next() {
        return Optional.ofNullable(nextLink);
    }

    /** What will have changed since this reading began. */
    public Optional<String> delta() {
        return Optional.ofNullable(deltaLink);
    }
}
