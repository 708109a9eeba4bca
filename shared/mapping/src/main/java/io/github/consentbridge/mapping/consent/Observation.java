package io.github.consentbridge.mapping.consent;

import io.github.consentbridge.mapping.document.ConsentValue;
import org.jspecify.annotations.Nullable;

/**
 * One value in a record's state, with no claim that anybody just decided it.
 *
 * @param value null where the record shows nothing
 */
public record Observation(@Nullable ConsentValue value, Origin origin) {

    /** What we know of how the value came to be there. */
    public enum Origin {
        /** Nothing: it was read. */
        UNKNOWN,
        /** It stood already in the state before ({@link DidomiState#previous()}). */
        UNCHANGED,
        /** By a choice in the same delivery, or by an event of ours. */
        EXPLAINED
    }

    public static Observation read(@Nullable ConsentValue value) {
        return new Observation(value, Origin.UNKNOWN);
    }
}
