/** Deliveries of simulated systems to webhooks: held back, sent, repeated or lost as a test decides. */
@NullMarked
package io.github.consentbridge.simulators.deliveries;

import org.jspecify.annotations.NullMarked;
