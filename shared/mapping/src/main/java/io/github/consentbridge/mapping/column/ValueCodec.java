package io.github.consentbridge.mapping.column;

import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Encoding;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one mapping's values look in one type of column. Sees neither empty columns nor unmapped values. */
interface ValueCodec {
    /** A flag or a text, as the column takes it. */
    Encoding encode(ConsentValue value);

    /**
     * The one Didomi value that a column value stands for.
     *
     * @param columnValue as {@link #canonical} returned it
     */
    Optional<ConsentValue> decode(Object columnValue);

    /** The same for all column values that Dataverse does not tell apart; null if the column cannot hold this. */
    @Nullable
    Object canonical(Object columnValue);

    /** The column value whose canonical text this is; null if the column cannot hold it. */
    @Nullable
    Object ofText(String canonicalText);
}
