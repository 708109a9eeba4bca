package io.github.consentbridge.mapping.document;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A mapping's {@code options} in both directions. A number that several Didomi values share is never decoded. A key that
 * names several values of a preference stands for them in any order.
 */
public final class OptionTable {
    private static final Set<String> FLAGS = Set.of("true", "false");

    private final Mapping mapping;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Integer, String> ids = new HashMap<>();

    public OptionTable(Mapping mapping) {
        this.mapping = mapping;
        Set<Integer> shared = new HashSet<>();
        mapping.options().forEach((option, number) -> {
            String id = canonical(option);
            numbers.put(id, number);
            if (!id.equals(ids.getOrDefault(number, id))) {
                shared.add(number);
            }
            ids.put(number, id);
        });
        ids.keySet().removeAll(shared);
    }

    private String canonical(String option) {
        return mapping.value().isConsent() ? key(ConsentValue.ofSelection(option)) : option;
    }

    /** The number of a value's {@link #key}. */
    public Optional<Integer> number(String id) {
        return Optional.ofNullable(numbers.get(id));
    }

    public Optional<String> id(int number) {
        return Optional.ofNullable(ids.get(number));
    }

    public Optional<ConsentValue> value(int number) {
        return id(number).map(this::value);
    }

    /** The value of an option key: granted or refused for a purpose or channel, or if there are no other keys. */
    public ConsentValue value(String id) {
        if (!mapping.value().isConsent()) {
            return new ConsentValue.Text(id);
        }
        return namesFlags(mapping) ? ConsentValue.of(Boolean.parseBoolean(id)) : ConsentValue.ofSelection(id);
    }

    /** The option key of a value that is one option. */
    public static String key(ConsentValue value) {
        if (value instanceof ConsentValue.Flag flag) {
            return String.valueOf(flag.granted());
        }
        return value instanceof ConsentValue.Text text ? text.text() : "";
    }

    public static boolean namesFlags(Mapping mapping) {
        return mapping.value() instanceof DidomiPath.Purpose
                || mapping.value() instanceof DidomiPath.Channel
                || FLAGS.containsAll(mapping.options().keySet());
    }

    public Encoding.Misfit unnamed(ConsentValue value) {
        return new Encoding.Misfit("the options of column %s do not name %s: add it"
                .formatted(mapping.column(), ValueWords.describe(mapping, value)));
    }

    public Encoding.Misfit missing(int number) {
        return new Encoding.Misfit("column %s has no option %d: add it in Dataverse or correct options"
                .formatted(mapping.column(), number));
    }

    /** The whole number in an option column, of whichever Java type the JSON reader chose. */
    public static Optional<Integer> number(Object columnValue) {
        if (columnValue instanceof Integer number) {
            return Optional.of(number);
        }
        if (!(columnValue instanceof Number number)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(number.toString()).intValueExact());
        } catch (ArithmeticException | NumberFormatException notAnOption) {
            return Optional.empty();
        }
    }
}
