/** Calls to SQS and Secrets Manager signed by our own code, for the webhook functions, which answer sooner without the SDK. */
@NullMarked
package io.github.consentbridge.aws.direct;

import org.jspecify.annotations.NullMarked;
