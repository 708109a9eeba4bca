/**
 * The core's ports on SQS, DynamoDB and Secrets Manager, and the parts of one deployment. Everything is built on first
 * use, because a webhook's sender waits for the start.
 */
@NullMarked
package io.github.consentbridge.aws;

import org.jspecify.annotations.NullMarked;
