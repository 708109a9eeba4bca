/** The queue worker as a function: takes SQS batches, answers with the messages that have to come back. */
@NullMarked
package io.github.consentbridge.syncfunction;

import org.jspecify.annotations.NullMarked;
