package io.github.consentbridge.mapping.column;

import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Encoding;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.OptionTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A column that holds several options as the text {@code "1,9"}, written in ascending order. */
final class MultiChoiceCodec implements ValueCodec {
    /** Dataverse's limit. */
    private static final int MAX_OPTIONS = 150;

    private final Mapping mapping;
    private final OptionTable table;
    private final Set<Integer> columnOptions;

    MultiChoiceCodec(Mapping mapping, Set<Integer> columnOptions) {
        this.mapping = mapping;
        this.table = new OptionTable(mapping);
        this.columnOptions = columnOptions;
    }

    @Override
    public Encoding encode(ConsentValue value) {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (String id : ids(value)) {
            Optional<Integer> number = table.number(id);
            if (number.isEmpty()) {
                return table.unnamed(mapping.value().isConsent() ? new ConsentValue.Text(id) : value);
            }
            if (!columnOptions.contains(number.get())) {
                return table.missing(number.get());
            }
            numbers.add(number.get());
        }
        if (numbers.size() > MAX_OPTIONS) {
            return new Encoding.Misfit("column %s takes at most %d options, the person chose %d"
                    .formatted(mapping.column(), MAX_OPTIONS, numbers.size()));
        }
        return new Encoding.Fits(numbers.isEmpty() ? null : join(numbers));
    }

    private static List<String> ids(ConsentValue value) {
        return Arrays.stream(OptionTable.key(value).split(",", -1))
                .filter(id -> !id.isEmpty())
                .toList();
    }

    @Override
    public Optional<ConsentValue> decode(Object columnValue) {
        List<String> ids = new ArrayList<>();
        for (int number : numbers(columnValue.toString()).orElseGet(TreeSet::new)) {
            Optional<String> id = table.id(number);
            if (id.isEmpty()) {
                return Optional.empty();
            }
            ids.add(id.get());
        }
        // A column that shows granted and refused at once has no value.
        boolean oneFlag = !OptionTable.namesFlags(mapping) || ids.size() == 1;
        return ids.isEmpty() || !oneFlag ? Optional.empty() : Optional.of(value(ids));
    }

    private ConsentValue value(List<String> ids) {
        return table.value(String.join(",", ids));
    }

    @Override
    public @Nullable Object canonical(Object columnValue) {
        return columnValue instanceof String text
                ? numbers(text).map(MultiChoiceCodec::join).orElse(null)
                : null;
    }

    private static Optional<SortedSet<Integer>> numbers(String joined) {
        SortedSet<Integer> numbers = new TreeSet<>();
        for (String part : joined.split(",", -1)) {
            Optional<Integer> number = Numbers.parse(part).flatMap(OptionTable::number);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            numbers.add(number.get());
        }
        return Optional.of(numbers);
    }

    private static String join(SortedSet<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
