package io.github.consentbridge.mapping.column;

import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.json.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds mappings that cannot work with their columns. */
public final class ColumnCheck {
    private ColumnCheck() {}

    /**
     * All problems, in mapping order. A mapped column that is not among the given ones does not exist.
     *
     * @param columns at least every mapped column that exists
     */
    public static List<Problem> problems(Integration integration, Collection<ContactColumn> columns) {
        Map<AttributeName, ContactColumn> byName =
                columns.stream().collect(Collectors.toMap(ContactColumn::name, Function.identity()));
        List<Problem> problems = new ArrayList<>();
        for (int index = 0; index < integration.mappings().size(); index++) {
            Mapping mapping = integration.mappings().get(index);
            String pointer = "/mappings/" + index;
            Optional<ContactColumn> column = Optional.ofNullable(byName.get(mapping.column()));
            column.map(found -> problems(mapping, found))
                    .orElseGet(() -> List.of("there is no contact column %s: correct id".formatted(mapping.column())))
                    .forEach(message -> problems.add(new Problem(pointer, message)));
        }
        return problems;
    }

    /** All problems of this mapping with this column, as sentences. */
    public static List<String> problems(Mapping mapping, ContactColumn column) {
        List<String> problems = new ArrayList<>();
        if (!column.readable()) {
            problems.add("column %s cannot be read by the application user: grant access in a column security profile"
                    .formatted(mapping.column()));
        }
        if (!column.writable() && mapping.direction().writesDynamics()) {
            problems.add("column %s cannot be written: map another column, or set direction to \"to_didomi\""
                    .formatted(mapping.column()));
        }
        new ColumnFit(mapping).problem(column.type()).ifPresent(problems::add);
        missingOptions(mapping, column.type()).ifPresent(problems::add);
        return problems;
    }

    private static Optional<String> missingOptions(Mapping mapping, ColumnType type) {
        if (!(type instanceof ColumnType.Choice) && !(type instanceof ColumnType.MultiChoice)) {
            return Optional.empty();
        }
        Map<String, Integer> missing = new TreeMap<>(mapping.options());
        missing.values().removeAll(optionsOf(type));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("column %s does not have the option numbers of %s: it has %s"
                        .formatted(
                                mapping.column(),
                                missing,
                                optionsOf(type).stream().sorted().toList()));
    }

    private static Collection<Integer> optionsOf(ColumnType type) {
        if (type instanceof ColumnType.Choice choice) {
            return choice.options();
        }
        return type instanceof ColumnType.MultiChoice choice ? choice.options() : List.of();
    }
}
