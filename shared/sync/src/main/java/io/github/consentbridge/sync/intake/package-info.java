/**
 * Takes the deliveries of both sides, whatever host received them: checks the sender, reads, stores, and says what to
 * answer. Every host translates its own requests to {@link io.github.consentbridge.sync.intake.RequestHead} and
 * {@link io.github.consentbridge.sync.intake.RequestBody}.
 */
@NullMarked
package io.github.consentbridge.sync.intake;

import org.jspecify.annotations.NullMarked;
