package io.github.consentbridge.sync.history;

import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.ConsentRecord;
import io.github.consentbridge.mapping.settle.PendingEvent;
import java.time.Instant;
import java.util.function.Function;

/**
 * Two states of one consent record.
 *
 * @param facts what only the step that changed it knows
 * @param eventIds the id in Didomi of an event of ours
 * @param at when the change is recorded
 */
record ChangedRecord(
        ConsentRecordId id,
        ConsentRecord before,
        ConsentRecord after,
        Wins wins,
        HistoryFacts facts,
        Function<PendingEvent, String> eventIds,
        Instant at) {}
