package io.github.consentbridge.mapping.document;

import org.jspecify.annotations.Nullable;

/** The result of converting a value for a contact column. */
public sealed interface Encoding {
    /**
     * The value in the Web API's terms.
     *
     * @param columnValue Boolean, Integer, Long, BigDecimal or String; null if an empty column shows the value, as for
     *     an empty selection
     */
    record Fits(@Nullable Object columnValue) implements Encoding {}

    /**
     * The column cannot hold the value; another try cannot help.
     *
     * @param reason names the column and its limit, and the value unless it is personal data
     */
    record Misfit(String reason) implements Encoding {}
}
