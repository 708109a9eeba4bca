package io.github.consentbridge.connectors.dataverse.contact;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * One contact as it was read.
 *
 * @param id {@code contactid}
 * @param etag {@code @odata.etag}, opaque; the condition of {@link ContactWrite.Update}
 * @param modifiedOn the time of the last change of any column, in whole seconds
 * @param versionNumber the row version, -1 if unknown; a higher one is a later state of the same row
 * @param active whether {@code statecode} is 0; merged and deactivated contacts are not
 * @param values requested columns by logical name, and the key column: {@code Boolean}, {@code Integer} or {@code Long}
 *     (choices, and whole numbers in a column of any type), {@code BigDecimal}, {@code String} (also dates, as
 *     Dataverse writes them, and multi-choice as {@code "1,9"}). A column that is null is absent.
 */
public record ContactRow(
        UUID id, String etag, Instant modifiedOn, long versionNumber, boolean active, Map<String, Object> values) {
    public ContactRow {
        requireNonNull(id, "id");
        requireNonNull(etag, "etag");
        requireNonNull(modifiedOn, "modifiedOn");
        values = Map.copyOf(values);
    }

    /** Names the row without its values. */
    @Override
    public String toString() {
        return "ContactRow[" + id + " " + etag + "]";
    }
}
