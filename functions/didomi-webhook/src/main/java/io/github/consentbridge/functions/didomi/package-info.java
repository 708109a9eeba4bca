/** The Lambda function that takes Didomi's deliveries. */
@NullMarked
package io.github.consentbridge.functions.didomi;

import org.jspecify.annotations.NullMarked;
