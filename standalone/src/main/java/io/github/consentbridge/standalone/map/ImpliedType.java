package io.github.consentbridge.standalone.map;

import io.github.consentbridge.mapping.column.ColumnCheck;
import io.github.consentbridge.mapping.column.ColumnType;
import io.github.consentbridge.mapping.column.ContactColumn;
import io.github.consentbridge.mapping.document.Mapping;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The type that a column must have for a delivered value to fit its mapping. Only Dataverse knows the type, and it is not
 * asked; if the value is ambiguous, no type is implied.
 */
final class ImpliedType {
    static final String UNKNOWN = "the value cannot be read without the column's metadata";

    private static final Pattern OPTION_NUMBERS = Pattern.compile("-?\\d+(,-?\\d+)*");

    /** The forms of references, ids and dates, which do not come from text columns. */
    private static final Pattern ID_OR_DATE =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");

    private ImpliedType() {}

    /** The implied type; empty if there is none, see {@link #problem}. */
    static Optional<ColumnType> of(Mapping mapping, Object value) {
        return guess(mapping, value)
                .filter(type ->
                        ColumnCheck.problems(mapping, column(mapping, type)).isEmpty());
    }

    /** Why there is no implied type. */
    static String problem(Mapping mapping, Object value) {
        return guess(mapping, value)
                .flatMap(type -> ColumnCheck.problems(mapping, column(mapping, type)).stream()
                        .findFirst())
                .orElse(UNKNOWN);
    }

    private static ContactColumn column(Mapping mapping, ColumnType type) {
        return new ContactColumn(mapping.column(), type, true, true);
    }

    private static Optional<ColumnType> guess(Mapping mapping, Object value) {
        if (value instanceof Boolean) {
            return Optional.of(new ColumnType.Bool());
        }
        Set<Integer> options = Set.copyOf(mapping.options().values());
        if (value instanceof String text) {
            return options.isEmpty() ? text(text) : severalOptions(text, options);
        }
        // A number column with these options would be read the same way; without options the number is ambiguous.
        return options.isEmpty() ? Optional.empty() : Optional.of(new ColumnType.Choice(options));
    }

    private static Optional<ColumnType> severalOptions(String text, Set<Integer> options) {
        return OPTION_NUMBERS.matcher(text).matches()
                ? Optional.of(new ColumnType.MultiChoice(options))
                : Optional.empty();
    }

    private static Optional<ColumnType> text(String text) {
        boolean ambiguous = OPTION_NUMBERS.matcher(text).matches()
                || ID_OR_DATE.matcher(text).matches();
        return ambiguous ? Optional.empty() : Optional.of(new ColumnType.Text(Integer.MAX_VALUE));
    }
}
