package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a replica showed when it was last read.
 *
 * @param value null if it showed nothing
 * @param stamp the state of the contact or Didomi user at that time
 * @param since the time from which it showed this value; orders several Didomi users by their last change
 */
public record ObservedValue(@Nullable ConsentValue value, Stamp stamp, Instant since) {
    /**
     * The value as this event of its user explains it, where a change had been inferred: it shows since the event. Else the
     * user would count as the one of several that changed last.
     */
    ObservedValue shownBy(Choice event, InferredChoice inferred) {
        boolean guessed = event.value().equals(value)
                && since.equals(inferred.at())
                && event.decidedAt().isBefore(since);
        return guessed ? new ObservedValue(value, stamp, event.decidedAt()) : this;
    }
}
