/**
 * Compares both systems person by person and repairs what differs from the choice that stands.
 *
 * <p>A run reads downhill: {@link io.github.consentbridge.sync.reconciliation.Reconciliation} takes the lease and builds the
 * passes of the requested scan; {@code ReconciliationRun} reads a {@code Pass} page by page; {@code PageWork} reads and settles
 * one page, which the {@code StopRule} approves before it is written; {@code RunRecorder} reports what was found; and the
 * {@code Checkpoint} moves behind the settled page. The run ends in a {@code ReconciliationReport}.
 */
@NullMarked
package io.github.consentbridge.sync.reconciliation;

import org.jspecify.annotations.NullMarked;
