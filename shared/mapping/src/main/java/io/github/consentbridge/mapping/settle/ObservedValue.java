package io.github.consentbridge.mapping.settle;

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
public record ObservedValue(@Nullable ConsentValue value, Stamp stamp, Instant since) {}
