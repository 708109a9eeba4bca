/** Takes the deliveries of Dynamics: checks the sender, reads, stores, answers. */
@NullMarked
package io.github.consentbridge.functions.dynamics;

import org.jspecify.annotations.NullMarked;
