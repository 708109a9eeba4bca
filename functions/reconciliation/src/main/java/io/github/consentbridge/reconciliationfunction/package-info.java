/** The reconciliation as a scheduled Lambda function. */
@NullMarked
package io.github.consentbridge.reconciliationfunction;

import org.jspecify.annotations.NullMarked;
