/** The reconciliation as a scheduled Lambda function. */
@NullMarked
package io.github.consentbridge.functions.reconciliation;

import org.jspecify.annotations.NullMarked;
