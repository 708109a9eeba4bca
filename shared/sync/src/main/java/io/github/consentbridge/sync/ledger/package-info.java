/** The consent ledger: what is known per person, kept with conditional writes. */
@NullMarked
package io.github.consentbridge.sync.ledger;

import org.jspecify.annotations.NullMarked;
