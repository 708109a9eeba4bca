/**
 * Reconciliations that a schedule starts and that take several calls, as on Lambda. The run, not the call, has the lease: {@link
 * io.github.consentbridge.sync.schedule.ScheduledReconciliation} passes it from part to part.
 */
@NullMarked
package io.github.consentbridge.sync.schedule;

import org.jspecify.annotations.NullMarked;
