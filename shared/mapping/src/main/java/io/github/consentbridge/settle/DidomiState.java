package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.Regulation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of one Didomi user under one regulation, delivered or read.
 *
 * @param previous the state that {@link Observed.Origin#UNCHANGED} values are unchanged from; null where not told
 * @param values what it shows; a register of this regulation that is not in it shows nothing
 */
public record DidomiState(
        String userId,
        Regulation regulation,
        Stamp stamp,
        @Nullable Stamp previous,
        Map<RegisterId, Observed> values) {
    private static final Observed NOTHING = Observed.read(null);

    public DidomiState {
        values = Map.copyOf(values);
    }

    Observed value(RegisterId register) {
        return values.getOrDefault(register, NOTHING);
    }
}
