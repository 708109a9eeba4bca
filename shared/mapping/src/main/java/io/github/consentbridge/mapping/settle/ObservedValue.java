package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one record (a contact, or one Didomi user) showed when we last looked.
 *
 * @param value null where it showed nothing
 * @param stamp the record's own state then
 * @param since the record's time when it came to show this value: tells which of several Didomi users changed last
 */
public record ObservedValue(@Nullable ConsentValue value, Stamp stamp, Instant since) {}
