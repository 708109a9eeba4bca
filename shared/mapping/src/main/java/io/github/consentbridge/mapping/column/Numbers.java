package io.github.consentbridge.mapping.column;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses numbers. Their length is bounded, because {@code 1e999999999} is short to write and takes long to expand. */
final class Numbers {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,40}(\\.\\d{1,40})?([eE][+-]?\\d{1,2})?");

    private Numbers() {}

    static Optional<BigDecimal> parse(String text) {
        String stripped = text.strip();
        return NUMBER.matcher(stripped).matches() ? Optional.of(new BigDecimal(stripped)) : Optional.empty();
    }
}
