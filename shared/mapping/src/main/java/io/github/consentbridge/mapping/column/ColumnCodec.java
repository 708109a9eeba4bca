package io.github.consentbridge.mapping.column;

import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Encoding;
import io.github.consentbridge.mapping.document.Mapping;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a Didomi value into the contact column of one mapping, and back. Column values are plain Java as in the Web
 * API's JSON: Boolean, any Number, String.
 *
 * <p>There is a codec for every mapping and every column. Where the two do not go together ({@link ColumnCheck} says so
 * beforehand), {@link #encode} never fits.
 */
public final class ColumnCodec {
    private final Mapping mapping;
    private final ValueCodec form;

    private ColumnCodec(Mapping mapping, ValueCodec form) {
        this.mapping = mapping;
        this.form = form;
    }

    public static ColumnCodec of(Mapping mapping, ColumnType type) {
        return new ColumnCodec(mapping, form(mapping, type));
    }

    private static ValueCodec form(Mapping mapping, ColumnType type) {
        if (type instanceof ColumnType.Bool) {
            return new YesNoCodec(mapping);
        }
        if (type instanceof ColumnType.Choice choice) {
            return new ChoiceCodec(mapping, choice.options());
        }
        if (type instanceof ColumnType.MultiChoice choice) {
            return new MultiChoiceCodec(mapping, choice.options());
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
        return value instanceof ConsentValue.Unmapped unmapped ? encode(unmapped) : form.encode(value);
    }

    /** What another column left unmapped may mean something here, so it is never written. */
    private Encoding encode(ConsentValue.Unmapped unmapped) {
        @Nullable
        Object columnValue = unmapped.column().equals(mapping.column()) ? form.ofText(unmapped.columnValue()) : null;
        return columnValue != null
                ? new Encoding.Fits(columnValue)
                : new Encoding.Misfit("the value has no meaning in Didomi and was not read from column %s"
                        .formatted(mapping.column()));
    }

    /**
     * What the column shows, in Didomi's terms. Empty if the column is empty or of no use to the mapping;
     * {@link ConsentValue.Unmapped} if it holds something that the mapping has no Didomi value for, which
     * {@link #encode} turns into the same column value again.
     */
    public Optional<ConsentValue> decode(@Nullable Object columnValue) {
        if (isEmpty(columnValue) || form instanceof RefusingCodec) {
            return Optional.empty();
        }
        Object canonical = form.canonical(columnValue);
        if (canonical == null) {
            return Optional.of(new ConsentValue.Unmapped(mapping.column(), columnValue.toString()));
        }
        return form.decode(canonical)
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
        Object canonical = form.canonical(one);
        return canonical != null && canonical.equals(form.canonical(other));
    }

    /** Dataverse keeps an empty text as null. */
    private static boolean isEmpty(@Nullable Object columnValue) {
        return columnValue == null || columnValue.equals("");
    }

    private static String text(Object canonical) {
        return canonical instanceof BigDecimal number ? number.toPlainString() : canonical.toString();
    }
}
