/** Finds what no webhook told and what was not written, for every person, and puts it right. */
@NullMarked
package io.github.consentbridge.sync.reconciliation;

import org.jspecify.annotations.NullMarked;
