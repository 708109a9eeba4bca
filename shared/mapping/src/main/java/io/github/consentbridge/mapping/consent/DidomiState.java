package io.github.consentbridge.mapping.consent;

import io.github.consentbridge.mapping.document.Regulation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of one Didomi user under one regulation, delivered or read.
 *
 * @param previous the state that {@link Observation.Origin#UNCHANGED} values are unchanged from; null if not given
 * @param values what the user shows; a consent record of this regulation that is absent shows nothing
 */
public record DidomiState(
        String userId,
        Regulation regulation,
        Stamp stamp,
        @Nullable Stamp previous,
        Map<ConsentRecordId, Observation> values) {
    private static final Observation NOTHING = Observation.read(null);

    public DidomiState {
        values = Map.copyOf(values);
    }

    public Observation value(ConsentRecordId recordId) {
        return values.getOrDefault(recordId, NOTHING);
    }
}
