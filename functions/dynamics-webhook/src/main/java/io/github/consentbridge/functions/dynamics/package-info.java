/** The Lambda function that takes the deliveries of Dynamics. */
@NullMarked
package io.github.consentbridge.functions.dynamics;

import org.jspecify.annotations.NullMarked;
