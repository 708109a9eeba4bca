package io.github.consentbridge.mapping.column;

import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Encoding;
import io.github.consentbridge.mapping.document.Mapping;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A column that the mapping cannot use at all. */
final class RefusingCodec implements ValueCodec {
    private final Encoding.Misfit misfit;

    RefusingCodec(Mapping mapping) {
        this.misfit = new Encoding.Misfit(
                "column %s cannot hold this Didomi value: map another column".formatted(mapping.column()));
    }

    @Override
    public Encoding encode(ConsentValue value) {
        return misfit;
    }

    @Override
    public Optional<ConsentValue> decode(Object columnValue) {
        return Optional.empty();
    }

    @Override
    public @Nullable Object canonical(Object columnValue) {
        return null;
    }
}
