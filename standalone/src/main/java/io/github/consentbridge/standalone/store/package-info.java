/** The one-machine stores: queue, dead letters, consent ledger and pauses in one SQLite file. */
@NullMarked
package io.github.consentbridge.standalone.store;

import org.jspecify.annotations.NullMarked;
