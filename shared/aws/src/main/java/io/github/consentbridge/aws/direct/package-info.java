/**
 * Calls to SQS and Secrets Manager that our own code signs, for the webhook functions, which start faster without the
 * SDK.
 */
@NullMarked
package io.github.consentbridge.aws.direct;

import org.jspecify.annotations.NullMarked;
