/** Deliveries to webhooks that a simulated system owes: held back, sent, repeated or lost as a test decides. */
@NullMarked
package io.github.consentbridge.simulators.deliveries;

import org.jspecify.annotations.NullMarked;
