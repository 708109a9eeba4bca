package io.github.consentbridge.sync.rights;

import java.util.List;

/**
 * What was erased of a person, and what could not be.
 *
 * @param ledger ledger entries
 * @param history entries of the history
 * @param waiting deliveries in the queue
 * @param remains what is left elsewhere, where, and for how long; one sentence each
 */
public record ErasureReport(String key, int ledger, int history, int waiting, int deadLetters, List<String> remains) {
    public ErasureReport {
        remains = List.copyOf(remains);
    }
}
