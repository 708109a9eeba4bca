package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.column.ColumnCodec;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Mapping;

/** A mapping with the codec for its column's type. */
public record MappedColumn(Mapping mapping, ColumnCodec codec) {

    public AttributeName column() {
        return mapping.column();
    }
}
