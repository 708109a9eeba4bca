package io.github.consentbridge.sync.history;

import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.ConsentRecord;
import java.time.Instant;

/**
 * Two states of one consent record.
 *
 * @param facts what only the step that changed it knows
 * @param at when the change is recorded
 */
record ChangedRecord(
        ConsentRecordId id, ConsentRecord before, ConsentRecord after, Wins wins, HistoryFacts facts, Instant at) {}
