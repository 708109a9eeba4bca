package io.github.consentbridge.sync.history;

import java.time.Instant;

/**
 * A history entry in its place in the person's chain.
 *
 * @param sequence 1 for the first entry of a person, without gaps
 * @param at when it was recorded
 * @param text the entry as {@link HistoryJson} writes it, with the hash of the entry before; stores keep it as it is
 */
public record ChainedEntry(long sequence, Instant at, String text) {
    /** One that a store keeps. What is not one of ours counts as recorded at the epoch; {@link HistoryChain} finds it. */
    public static ChainedEntry stored(long sequence, String text) {
        return new ChainedEntry(sequence, HistoryJson.at(text), text);
    }

    /**
     * What it records.
     *
     * @throws IllegalArgumentException if it is not one of ours
     */
    public HistoryEntry entry() {
        return HistoryJson.read(text).entry();
    }
}
