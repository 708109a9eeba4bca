package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.column.ColumnCodec;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Mapping;

/**
 * A mapping with the codec for its column's type.
 *
 * @param secured whether column security is on, so that an empty value may only be hidden from us
 */
public record MappedColumn(Mapping mapping, ColumnCodec codec, boolean secured) {
    /** A column that everyone may read. */
    public MappedColumn(Mapping mapping, ColumnCodec codec) {
        this(mapping, codec, false);
    }

    public AttributeName column() {
        return mapping.column();
    }
}
