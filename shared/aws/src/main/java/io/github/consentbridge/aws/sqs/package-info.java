/** The delivery queue and the dead-letter queue in SQS. */
@NullMarked
package io.github.consentbridge.aws.sqs;

import org.jspecify.annotations.NullMarked;
