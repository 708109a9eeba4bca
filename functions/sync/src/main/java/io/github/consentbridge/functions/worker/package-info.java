/** The queue worker as a function: takes SQS batches, answers with the messages that have to come back. */
@NullMarked
package io.github.consentbridge.functions.worker;

import org.jspecify.annotations.NullMarked;
