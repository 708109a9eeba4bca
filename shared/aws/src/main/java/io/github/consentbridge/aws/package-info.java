/**
 * The ports on AWS: SQS, DynamoDB and Secrets Manager, and the parts of one deployment put together. Everything is built
 * where it is first needed, since a webhook's sender waits for what a start builds.
 */
@NullMarked
package io.github.consentbridge.aws;

import org.jspecify.annotations.NullMarked;
