/** Batches of received deliveries, the same for both hosts: attempts, back-off and dead letters around the worker. */
@NullMarked
package io.github.consentbridge.sync.batch;

import org.jspecify.annotations.NullMarked;
