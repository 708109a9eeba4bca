package io.github.consentbridge.mapping.column;

import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Encoding;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts one mapping's values for one type of column. It is never given empty columns or unmapped values. */
interface ValueCodec {
    /** Converts a flag or a text to the column value. */
    Encoding encode(ConsentValue value);

    /**
     * The one Didomi value that a column value represents.
     *
     * @param columnValue as {@link #canonical} returned it
     */
    Optional<ConsentValue> decode(Object columnValue);

    /**
     * One representative of all column values that Dataverse treats as equal; null if the column cannot hold this
     * value.
     */
    @Nullable
    Object canonical(Object columnValue);

    /** The column value that has this canonical text; null if the column cannot hold it. */
    default @Nullable Object ofText(String canonicalText) {
        return canonical(canonicalText);
    }
}
