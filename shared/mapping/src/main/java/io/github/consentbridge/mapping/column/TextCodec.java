package io.github.consentbridge.mapping.column;

import static io.github.consentbridge.mapping.document.ValueWords.characters;

import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Encoding;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.OptionTable;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A text column: {@code true} or {@code false}, ids joined by commas, or a property's value unchanged. */
final class TextCodec implements ValueCodec {
    private static final ConsentValue NOTHING = ConsentValue.ofSelection("");

    private final Mapping mapping;
    private final int maxLength;

    TextCodec(Mapping mapping, int maxLength) {
        this.mapping = mapping;
        this.maxLength = maxLength;
    }

    @Override
    public Encoding encode(ConsentValue value) {
        String text = value instanceof ConsentValue.Flag flag
                ? String.valueOf(flag.granted() != mapping.invert())
                : OptionTable.key(value);
        if (text.length() > maxLength) {
            return new Encoding.Misfit("column %s takes at most %s, the value has %d"
                    .formatted(mapping.column(), characters(maxLength), text.length()));
        }
        return new Encoding.Fits(text.isEmpty() ? null : text);
    }

    @Override
    public Optional<ConsentValue> decode(Object columnValue) {
        String text = columnValue.toString();
        if (!mapping.value().isConsent()) {
            return Optional.of(new ConsentValue.Text(text));
        }
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(ConsentValue.of(!mapping.invert()));
            case "false" -> Optional.of(ConsentValue.of(mapping.invert()));
            default -> selection(text);
        };
    }

    private Optional<ConsentValue> selection(String text) {
        return Optional.of(ConsentValue.ofSelection(text))
                .filter(selection -> mapping.value() instanceof DidomiPath.Preference)
                .filter(selection -> !selection.equals(NOTHING));
    }

    @Override
    public @Nullable Object canonical(Object columnValue) {
        return columnValue instanceof String ? columnValue : null;
    }
}
