package io.github.consentbridge.sync.setup;

import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.DocumentCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A column that could show a value, and how.
 *
 * @param invert whether yes means refusal
 * @param options Didomi value to option number, as far as the labels say; empty unless the column has options
 */
public record ColumnChoice(
        MappableValue value,
        LabelledColumn column,
        boolean invert,
        Map<String, Integer> options,
        Resemblance resemblance) {
    private static final Set<String> ONE_OPTION = Set.of("PicklistType");
    private static final Set<String> SEVERAL_OPTIONS = Set.of("MultiSelectPicklistType");
    private static final Set<String> TEXT = Set.of("StringType", "MemoType");

    public ColumnChoice {
        options = Map.copyOf(options);
    }

    /** Fits a value to a column as well as their names and labels allow; empty if such a column cannot show it. */
    public static Optional<ColumnChoice> of(MappableValue value, LabelledColumn column) {
        String type = column.metadata().type();
        boolean options = hasOptions(column);
        boolean fits = value.isPurpose()
                ? type.equals("BooleanType") || ONE_OPTION.contains(type)
                : TEXT.contains(type) || SEVERAL_OPTIONS.contains(type) || (options && !value.several());
        if (!fits || !isWritable(column)) {
            return Optional.empty();
        }
        return Optional.of(new ColumnChoice(
                value,
                column,
                type.equals("BooleanType") && isInverted(value, column),
                options ? optionsByLabel(value, column) : Map.of(),
                Resemblance.of(value, column)));
    }

    /** Whether a mapping can read and write the column. */
    public static boolean isWritable(LabelledColumn column) {
        return column.metadata().validForRead() && column.metadata().validForUpdate();
    }

    /** Whether the column holds option numbers. */
    public static boolean hasOptions(LabelledColumn column) {
        String type = column.metadata().type();
        return ONE_OPTION.contains(type) || SEVERAL_OPTIONS.contains(type);
    }

    /** A question and a column that are both worded as a refusal say the same. */
    private static boolean isInverted(MappableValue value, LabelledColumn column) {
        boolean refusal = Resemblance.names(column).stream().anyMatch(Phrase::refuses);
        return isRefusalColumn(column) || refusal != isWordedAsRefusal(value);
    }

    private static boolean isWordedAsRefusal(MappableValue value) {
        return value.names().stream().anyMatch(Phrase::refuses);
    }

    /** Whether it is one of Dataverse's own columns for refusal: there the document has to say {@code invert}. */
    boolean isRefusalColumn() {
        return isRefusalColumn(column);
    }

    private static boolean isRefusalColumn(LabelledColumn column) {
        return DocumentCheck.isRefusalColumn(new AttributeName(column.name()));
    }

    /** An answer and an option belong together if they are called the same and nothing else is. */
    private static Map<String, Integer> optionsByLabel(MappableValue value, LabelledColumn column) {
        Map<String, Integer> found = new LinkedHashMap<>();
        value.answers().forEach(answer -> {
            List<String> names = new ArrayList<>(answer.names());
            names.add(answer.id());
            List<Integer> numbers = column.options().entrySet().stream()
                    .filter(option -> Resemblance.isSame(names, option.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            if (numbers.size() == 1 && !found.containsValue(numbers.get(0))) {
                found.put(answer.id(), numbers.get(0));
            }
        });
        return found;
    }

    /** Didomi values that no option is known for, by what people read; none where no options are needed. */
    public Map<String, String> unmatched() {
        Map<String, String> unmatched = new LinkedHashMap<>(hasOptions(column) ? value.keys() : Map.of());
        unmatched.keySet().removeAll(options.keySet());
        return unmatched;
    }

    /** Whether names and labels leave nothing to decide. That yes means refusal is certain for Dataverse's own columns. */
    boolean isCertain() {
        return resemblance == Resemblance.SAME
                && unmatched().isEmpty()
                && (!invert || isRefusalColumn())
                && !isWordedAsRefusal(value)
                && (value.isPurpose() == column.metadata().type().equals("BooleanType"))
                && !TEXT.contains(column.metadata().type());
    }

    public ColumnChoice withInvert(boolean meansRefusal) {
        return new ColumnChoice(value, column, meansRefusal, options, resemblance);
    }

    public ColumnChoice withOptions(Map<String, Integer> numbers) {
        return new ColumnChoice(value, column, invert, numbers, resemblance);
    }
}
