package io.github.consentbridge.mapping.column;

import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.OptionTable;
import io.github.consentbridge.mapping.document.UserField;
import io.github.consentbridge.mapping.document.ValueWords;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Checks whether a column type can hold a mapping's values, and explains why not. */
final class ColumnFit {
    private static final int LENGTH_OF_FALSE = 5;

    private final Mapping mapping;

    ColumnFit(Mapping mapping) {
        this.mapping = mapping;
    }

    Optional<String> problem(ColumnType type) {
        if (type instanceof ColumnType.Bool) {
            return withoutOptions("a yes/no column").or(() -> property("a yes/no column", Set.of()));
        }
        if (type instanceof ColumnType.Choice || type instanceof ColumnType.MultiChoice) {
            return withOptions("a choice column");
        }
        if (type instanceof ColumnType.Text text) {
            return mapping.options().isEmpty()
                    ? textWithoutOptions(text.maxLength())
                    : textWithOptions(text.maxLength());
        }
        if (type instanceof ColumnType.WholeNumber number) {
            return number(BigDecimal.valueOf(number.min()), BigDecimal.valueOf(number.max()));
        }
        if (type instanceof ColumnType.DecimalNumber number) {
            return number(number.min(), number.max());
        }
        return type instanceof ColumnType.DateTime ? date() : unusable(type);
    }

    private Optional<String> withoutOptions(String columnKind) {
        return mapping.options().isEmpty()
                ? Optional.empty()
                : Optional.of("column %s is %s: remove options".formatted(mapping.column(), columnKind));
    }

    private Optional<String> withOptions(String columnKind) {
        return mapping.options().isEmpty()
                ? Optional.of("column %s is %s: add options, from Didomi value to option number"
                        .formatted(mapping.column(), columnKind))
                : Optional.empty();
    }

    /** Written into a text column, "true" and "false" destroy what people are called. */
    private Optional<String> textWithoutOptions(int maxLength) {
        return isYesOrNo()
                ? Optional.of(
                        ("column %s is a text column, and a yes or no would overwrite its text: map a yes/no column,"
                                        + " or add options for \"true\" and \"false\"")
                                .formatted(mapping.column()))
                : tooShort(maxLength);
    }

    private Optional<String> textWithOptions(int maxLength) {
        if (!mapping.value().isConsent() || !OptionTable.namesFlags(mapping)) {
            return withoutOptions("a text column");
        }
        int needed = mapping.options().values().stream()
                .mapToInt(number -> number.toString().length())
                .max()
                .orElse(0);
        return needed > maxLength
                ? Optional.of("column %s holds %s, too few for the options %s: make it longer"
                        .formatted(
                                mapping.column(), ValueWords.characters(maxLength), new TreeMap<>(mapping.options())))
                : Optional.empty();
    }

    /** A preference's values may be text; what a purpose or a channel has is granted or refused. */
    private boolean isYesOrNo() {
        return mapping.value() instanceof DidomiPath.Purpose || mapping.value() instanceof DidomiPath.Channel;
    }

    private Optional<String> tooShort(int maxLength) {
        return mapping.value().isConsent() && maxLength < LENGTH_OF_FALSE
                ? Optional.of("column %s holds %s, too few for \"false\": make it longer"
                        .formatted(mapping.column(), ValueWords.characters(maxLength)))
                : Optional.empty();
    }

    private Optional<String> number(BigDecimal min, BigDecimal max) {
        if (mapping.options().isEmpty()) {
            return mapping.value().isConsent()
                    ? withOptions("a number column")
                    : property("a number column", Set.of(UserField.Kind.NUMBER));
        }
        Map<String, Integer> outside = new TreeMap<>(mapping.options());
        outside.values().removeIf(option -> isBetween(min, BigDecimal.valueOf(option), max));
        return outside.isEmpty()
                ? Optional.empty()
                : Optional.of("column %s takes numbers from %s to %s: change options %s"
                        .formatted(mapping.column(), min.toPlainString(), max.toPlainString(), outside));
    }

    private static boolean isBetween(BigDecimal min, BigDecimal number, BigDecimal max) {
        return min.compareTo(number) <= 0 && number.compareTo(max) <= 0;
    }

    private Optional<String> date() {
        if (mapping.value().isConsent()) {
            return Optional.of("column %s is a date column and cannot hold a consent: map a property to it"
                    .formatted(mapping.column()));
        }
        return withoutOptions("a date column").or(() -> property("a date column", Set.of(UserField.Kind.TIME)));
    }

    /** An unknown property may hold anything; a value that does not fit is found when a person is settled. */
    private Optional<String> property(String columnKind, Set<UserField.Kind> kinds) {
        return mapping.value() instanceof DidomiPath.Property property
                ? UserField.named(property.name())
                        .filter(field -> !kinds.contains(field.kind()))
                        .map(field -> "column %s is %s, but %s holds %s: map another column"
                                .formatted(
                                        mapping.column(),
                                        columnKind,
                                        property.name(),
                                        field.kind().words()))
                : Optional.empty();
    }

    private Optional<String> unusable(ColumnType type) {
        String name = type instanceof ColumnType.Other other ? other.typeName() : type.toString();
        return Optional.of("column %s is of type %s: map a yes/no, choice, text, number or date column"
                .formatted(mapping.column(), name));
    }
}
