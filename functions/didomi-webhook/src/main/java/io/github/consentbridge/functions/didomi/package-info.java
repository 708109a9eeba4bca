/** Takes Didomi's deliveries: checks the sender, reads, stores, answers. */
@NullMarked
package io.github.consentbridge.functions.didomi;

import org.jspecify.annotations.NullMarked;
