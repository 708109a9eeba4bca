package io.github.consentbridge.mapping.consent;

import io.github.consentbridge.mapping.document.ConsentValue;
import org.jspecify.annotations.Nullable;

/**
 * One value that was seen on a Didomi user, with no claim that anybody just decided it.
 *
 * @param value null if the user shows nothing
 */
public record Observation(@Nullable ConsentValue value, Origin origin) {

    /** What is known of where the value came from. */
    public enum Origin {
        /** Nothing: the value was read. */
        UNKNOWN,
        /** The previous state ({@link DidomiState#previous()}) already had it. */
        UNCHANGED,
        /** A choice in the same delivery, or an event of ours, set it. */
        EXPLAINED
    }

    public static Observation read(@Nullable ConsentValue value) {
        return new Observation(value, Origin.UNKNOWN);
    }
}
