/** The ledger, the pauses and the state of reconciliations in DynamoDB. */
@NullMarked
package io.github.consentbridge.aws.dynamo;

import org.jspecify.annotations.NullMarked;
