package io.github.consentbridge.mapping.column;

import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Encoding;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.OptionTable;
import io.github.consentbridge.mapping.document.ValueWords;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A number column: a numeric property, or the option numbers of anything else. */
final class NumberCodec implements ValueCodec {
    private final Mapping mapping;
    private final OptionTable table;
    private final BigDecimal min;
    private final BigDecimal max;
    private final int precision;
    private final boolean whole;

    private NumberCodec(Mapping mapping, BigDecimal min, BigDecimal max, int precision, boolean whole) {
        this.mapping = mapping;
        this.table = new OptionTable(mapping);
        this.min = min;
        this.max = max;
        this.precision = precision;
        this.whole = whole;
    }

    static ValueCodec of(Mapping mapping, ColumnType.WholeNumber type) {
        return new NumberCodec(mapping, BigDecimal.valueOf(type.min()), BigDecimal.valueOf(type.max()), 0, true);
    }

    static ValueCodec of(Mapping mapping, ColumnType.DecimalNumber type) {
        return new NumberCodec(mapping, type.min(), type.max(), type.precision(), false);
    }

    @Override
    public Encoding encode(ConsentValue value) {
        String key = OptionTable.key(value);
        if (key.isEmpty()) {
            return new Encoding.Fits(null);
        }
        if (!mapping.options().isEmpty() || mapping.value().isConsent()) {
            return table.number(key).map(BigDecimal::valueOf).map(this::fit).orElseGet(() -> table.unnamed(value));
        }
        return Numbers.parse(key)
                .map(this::fit)
                .orElseGet(() -> new Encoding.Misfit("column %s takes a number, not %s"
                        .formatted(mapping.column(), ValueWords.describe(mapping, value))));
    }

    private Encoding fit(BigDecimal number) {
        if (number.compareTo(min) < 0 || number.compareTo(max) > 0) {
            return new Encoding.Misfit("column %s takes numbers from %s to %s, the value is outside"
                    .formatted(mapping.column(), min.toPlainString(), max.toPlainString()));
        }
        if (whole && number.stripTrailingZeros().scale() > 0) {
            return new Encoding.Misfit(
                    "column %s takes whole numbers, the value has decimals".formatted(mapping.column()));
        }
        // Dataverse rounds too. A number that it shows differently afterwards would be written again and again.
        return new Encoding.Fits(
                columnValue(number.scale() > precision ? number.setScale(precision, RoundingMode.HALF_UP) : number));
    }

    /** Never with an exponent, which JSON would contain and Dataverse rejects for a whole number. */
    private Object columnValue(BigDecimal number) {
        return whole && number.stripTrailingZeros().scale() <= 0
                ? (Object) number.longValueExact()
                : number.setScale(Math.max(number.scale(), 0), RoundingMode.UNNECESSARY);
    }

    @Override
    public Optional<ConsentValue> decode(Object columnValue) {
        if (mapping.options().isEmpty()) {
            return mapping.value().isConsent()
                    ? Optional.empty()
                    : Optional.of(new ConsentValue.Text(((BigDecimal) columnValue).toPlainString()));
        }
        return OptionTable.number(columnValue).flatMap(table::value);
    }

    @Override
    public @Nullable Object canonical(Object columnValue) {
        return columnValue instanceof Number number
                ? Numbers.parse(number.toString())
                        .map(BigDecimal::stripTrailingZeros)
                        .orElse(null)
                : null;
    }

    @Override
    public @Nullable Object ofText(String canonicalText) {
        return Numbers.parse(canonicalText).map(this::columnValue).orElse(null);
    }
}
