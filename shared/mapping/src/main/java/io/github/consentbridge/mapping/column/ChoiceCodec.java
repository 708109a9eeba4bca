package io.github.consentbridge.mapping.column;

import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Encoding;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.OptionTable;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A column that holds one option. */
final class ChoiceCodec implements ValueCodec {
    private final Mapping mapping;
    private final OptionTable table;
    private final Set<Integer> columnOptions;

    ChoiceCodec(Mapping mapping, Set<Integer> columnOptions) {
        this.mapping = mapping;
        this.table = new OptionTable(mapping);
        this.columnOptions = columnOptions;
    }

    @Override
    public Encoding encode(ConsentValue value) {
        String key = OptionTable.key(value);
        Optional<Integer> number = table.number(key);
        if (number.isEmpty()) {
            return unnamed(value, key);
        }
        return columnOptions.contains(number.get()) ? new Encoding.Fits(number.get()) : table.missing(number.get());
    }

    private Encoding unnamed(ConsentValue value, String key) {
        if (key.isEmpty()) {
            return new Encoding.Fits(null);
        }
        if (mapping.value().isConsent() && key.contains(",")) {
            return new Encoding.Misfit("column %s holds one option, the person chose %d: use a multiple choice column"
                    .formatted(mapping.column(), key.split(",", -1).length));
        }
        return table.unnamed(value);
    }

    @Override
    public Optional<ConsentValue> decode(Object columnValue) {
        return OptionTable.number(columnValue).flatMap(table::value);
    }

    @Override
    public @Nullable Object canonical(Object columnValue) {
        return OptionTable.number(columnValue).orElse(null);
    }

    @Override
    public @Nullable Object ofText(String canonicalText) {
        return Numbers.parse(canonicalText).flatMap(OptionTable::number).orElse(null);
    }
}
