package io.github.consentbridge.mapping.column;

import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Encoding;
import io.github.consentbridge.mapping.document.Mapping;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Converts between a Didomi value and the contact column of one mapping. Column values are plain Java as in the Web
 * API's JSON: Boolean, any Number, String.
 *
 * <p>There is a codec for every mapping and every column. If the two do not fit together, which {@link ColumnCheck}
 * reports beforehand, {@link #encode} always returns a misfit.
 */
public final class ColumnCodec {
    private final Mapping mapping;
    private final ValueCodec codec;

    private ColumnCodec(Mapping mapping, ValueCodec codec) {
        this.mapping = mapping;
        this.codec = codec;
    }

    public static ColumnCodec of(Mapping mapping, ColumnType type) {
        return new ColumnCodec(mapping, codec(mapping, type));
    }

    private static ValueCodec codec(Mapping mapping, ColumnType type) {
        if (type instanceof ColumnType.Bool) {
            return new YesNoCodec(mapping);
        }
        if (type instanceof ColumnType.Choice choice) {
            return new ChoiceCodec(mapping, choice.options());
        }
        if (type instanceof ColumnType.MultiChoice choice) {
            return new MultiChoiceCodec(mapping, choice.options());
        }
        if (type instanceof ColumnType.Text && !mapping.options().isEmpty()) {
            return new OptionTextCodec(mapping);
        }
        if (type instanceof ColumnType.Text text) {
            return new TextCodec(mapping, text.maxLength());
        }
        if (type instanceof ColumnType.WholeNumber number) {
            return NumberCodec.of(mapping, number);
        }
        if (type instanceof ColumnType.DecimalNumber number) {
            return NumberCodec.of(mapping, number);
        }
        return type instanceof ColumnType.DateTime dateTime && !mapping.value().isConsent()
                ? new DateTimeCodec(mapping, dateTime.behavior())
                : new RefusingCodec(mapping);
    }

    public Mapping mapping() {
        return mapping;
    }

    /** What to write so that the column shows this value. */
    public Encoding encode(ConsentValue value) {
        return value instanceof ConsentValue.Unmapped unmapped ? encode(unmapped) : codec.encode(value);
    }

    /** An unmapped value is written back to its own column only: in another column it may have a meaning. */
    private Encoding encode(ConsentValue.Unmapped unmapped) {
        @Nullable
        Object columnValue = unmapped.column().equals(mapping.column()) ? codec.ofText(unmapped.columnValue()) : null;
        return columnValue != null
                ? new Encoding.Fits(columnValue)
                : new Encoding.Misfit("the value has no meaning in Didomi and was not read from column %s"
                        .formatted(mapping.column()));
    }

    /**
     * What the column shows, in Didomi's terms. Empty if the column is empty or the mapping cannot use it; {@link
     * ConsentValue.Unmapped} if the mapping has no Didomi value for the column value. {@link #encode} turns that back
     * into the same column value.
     */
    public Optional<ConsentValue> decode(@Nullable Object columnValue) {
        if (isEmpty(columnValue) || codec instanceof RefusingCodec) {
            return Optional.empty();
        }
        Object canonical = codec.canonical(columnValue);
        if (canonical == null) {
            return Optional.of(new ConsentValue.Unmapped(mapping.column(), columnValue.toString()));
        }
        return codec.decode(canonical)
                .or(() -> Optional.of(new ConsentValue.Unmapped(mapping.column(), text(canonical))));
    }

    /**
     * Whether writing the value would change nothing. Compares what Dataverse stores: dates without fractions of a
     * second, numbers by size, selections in any order. An empty column shows a value that is written as null.
     */
    public boolean shows(@Nullable Object columnValue, ConsentValue value) {
        Optional<ConsentValue> shown = decode(columnValue);
        return shown.filter(value::equals).isPresent()
                || (encode(value) instanceof Encoding.Fits fits && same(columnValue, fits.columnValue()));
    }

    private boolean same(@Nullable Object one, @Nullable Object other) {
        if (isEmpty(one) || isEmpty(other)) {
            return isEmpty(one) && isEmpty(other);
        }
        Object canonical = codec.canonical(one);
        return canonical != null && canonical.equals(codec.canonical(other));
    }

    /** Dataverse stores an empty text as null. */
    private static boolean isEmpty(@Nullable Object columnValue) {
        return columnValue == null || columnValue.equals("");
    }

    private static String text(Object canonical) {
        return canonical instanceof BigDecimal number ? number.toPlainString() : canonical.toString();
    }
}
