package io.github.consentbridge.mapping.column;

import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Encoding;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.OptionTable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A text column that holds the option number of granted or refused, written in digits. */
final class OptionTextCodec implements ValueCodec {
    private final OptionTable table;

    OptionTextCodec(Mapping mapping) {
        this.table = new OptionTable(mapping);
    }

    @Override
    public Encoding encode(ConsentValue value) {
        Optional<Integer> number = table.number(OptionTable.key(value));
        return number.isPresent() ? new Encoding.Fits(number.get().toString()) : table.unnamed(value);
    }

    @Override
    public Optional<ConsentValue> decode(Object columnValue) {
        return Numbers.parse(columnValue.toString().strip())
                .flatMap(OptionTable::number)
                .flatMap(table::value);
    }

    @Override
    public @Nullable Object canonical(Object columnValue) {
        return columnValue instanceof String ? columnValue : null;
    }
}
