package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.AttributeName;
import io.github.consentbridge.mapping.ColumnCodec;
import io.github.consentbridge.mapping.Mapping;

/** A mapping together with the codec that fits its column's type. */
public record MappedColumn(Mapping mapping, ColumnCodec codec) {

    public AttributeName column() {
        return mapping.column();
    }
}
