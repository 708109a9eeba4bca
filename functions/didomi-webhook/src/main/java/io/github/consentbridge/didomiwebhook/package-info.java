/** Takes Didomi's deliveries: checks the sender, reads, stores, answers. */
@NullMarked
package io.github.consentbridge.didomiwebhook;

import org.jspecify.annotations.NullMarked;
