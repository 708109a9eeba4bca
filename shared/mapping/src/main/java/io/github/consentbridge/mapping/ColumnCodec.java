package io.github.consentbridge.mapping;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a Didomi value into the contact column of one mapping, and back. Column values are plain Java as in the Web
 * API's JSON: Boolean, any Number, String.
 *
 * <p>There is a codec for every mapping and every column. Where the two do not go together ({@link ColumnCheck} says so
 * beforehand), {@link #encode} never fits and {@link #decode} finds nothing.
 */
public final class ColumnCodec {
    private final Mapping mapping;

    private ColumnCodec(Mapping mapping) {
        this.mapping = mapping;
    }

    public static ColumnCodec of(Mapping mapping, ColumnType type) {
        return new ColumnCodec(mapping);
    }

    /** What to write so that the column shows this value. */
    public Encoding encode(ConsentValue value) {
        return new Encoding.Misfit("column " + mapping.column());
    }

    /**
     * What the column shows, in Didomi's terms. Empty if the column is empty; {@link ConsentValue.Unmapped} if it holds
     * something that the mapping has no Didomi value for, which {@link #encode} turns into the same column value again.
     */
    public Optional<ConsentValue> decode(@Nullable Object columnValue) {
        return Optional.empty();
    }

    /**
     * Whether writing the value would change nothing. Compares what Dataverse stores: dates without fractions of a
     * second, numbers by size, selections in any order.
     */
    public boolean shows(@Nullable Object columnValue, ConsentValue value) {
        return false;
    }
}
