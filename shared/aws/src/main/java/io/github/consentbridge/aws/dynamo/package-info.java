/** The ledger, the pauses and the runs in DynamoDB. */
@NullMarked
package io.github.consentbridge.aws.dynamo;

import org.jspecify.annotations.NullMarked;
