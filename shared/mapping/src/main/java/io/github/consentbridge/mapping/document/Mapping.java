package io.github.consentbridge.mapping.document;

import java.util.Map;

/**
 * One entry of {@code mappings}, with every default filled in. Its id is the column: no two mappings share one.
 *
 * @param column the contact column
 * @param value the Didomi value that the column shows
 * @param invert whether the column means refusal, as {@code donotemail} does
 * @param options Didomi value to Dataverse option number; for a granted or refused value the keys are
 *     {@code "true"} and {@code "false"}; empty unless option numbers are written
 * @param invertStated whether the document itself says {@code invert}, true or false
 */
public record Mapping(
        AttributeName column,
        DidomiPath value,
        boolean invert,
        Map<String, Integer> options,
        Direction direction,
        Regulation regulation,
        Wins wins,
        boolean invertStated) {
    public Mapping {
        options = Map.copyOf(options);
    }

    /** A mapping whose document says {@code invert} only if it is true. */
    public Mapping(
            AttributeName column,
            DidomiPath value,
            boolean invert,
            Map<String, Integer> options,
            Direction direction,
            Regulation regulation,
            Wins wins) {
        this(column, value, invert, options, direction, regulation, wins, invert);
    }
}
