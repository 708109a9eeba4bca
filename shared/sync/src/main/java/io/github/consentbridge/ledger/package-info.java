/** The consent ledger: what is known per person, kept with conditional writes. */
@NullMarked
package io.github.consentbridge.ledger;

import org.jspecify.annotations.NullMarked;
