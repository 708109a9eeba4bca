/** The one-machine stores: queue, dead letters, consent ledger and pauses in one H2 file. */
@NullMarked
package io.github.consentbridge.standalone.store;

import org.jspecify.annotations.NullMarked;
