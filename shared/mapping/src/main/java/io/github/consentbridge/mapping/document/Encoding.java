package io.github.consentbridge.mapping.document;

import org.jspecify.annotations.Nullable;

/** What became of a value on its way into a contact column. */
public sealed interface Encoding {
    /**
     * The value as the Web API takes it.
     *
     * @param columnValue Boolean, Integer, Long, BigDecimal or String; null where the column shows the value by being
     *     empty, as it does an empty selection
     */
    record Fits(@Nullable Object columnValue) implements Encoding {}

    /**
     * The column cannot hold the value, now or later.
     *
     * @param reason names the column and its limit, and the value only where it is no personal data
     */
    record Misfit(String reason) implements Encoding {}
}
