package io.github.consentbridge.mapping.column;

import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Encoding;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.OptionTable;
import io.github.consentbridge.mapping.document.ValueWords;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A yes/no column. With {@code invert}, yes means refused. */
final class YesNoCodec implements ValueCodec {
    private final Mapping mapping;

    YesNoCodec(Mapping mapping) {
        this.mapping = mapping;
    }

    @Override
    public Encoding encode(ConsentValue value) {
        if (value instanceof ConsentValue.Flag flag) {
            return new Encoding.Fits(flag.granted() != mapping.invert());
        }
        if (!mapping.value().isConsent() && ofText(OptionTable.key(value)) instanceof Boolean yes) {
            return new Encoding.Fits(yes);
        }
        return new Encoding.Misfit(
                "column %s takes yes or no, not %s".formatted(mapping.column(), ValueWords.describe(mapping, value)));
    }

    @Override
    public Optional<ConsentValue> decode(Object columnValue) {
        if (!(columnValue instanceof Boolean yes)) {
            return Optional.empty();
        }
        return Optional.of(
                mapping.value().isConsent()
                        ? ConsentValue.of(yes != mapping.invert())
                        : new ConsentValue.Text(String.valueOf(yes)));
    }

    @Override
    public @Nullable Object canonical(Object columnValue) {
        return columnValue instanceof Boolean ? columnValue : null;
    }

    @Override
    public @Nullable Object ofText(String canonicalText) {
        return switch (canonicalText) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }
}
