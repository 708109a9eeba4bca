package io.github.consentbridge.sync.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A person's history as it was read, checked.
 *
 * @param entries in order
 * @param brokenAt the sequence of the first entry that is not what it was when it was written, or before which one is
 *     missing that was not due to be purged; empty if the chain is unbroken
 */
public record HistoryChain(List<HistoryEntry> entries, OptionalLong brokenAt) {
    public HistoryChain {
        entries = List.copyOf(entries);
    }

    /**
     * Checks a history: each entry contains the hash of the one before, and the ledger contains that of the last one. A gap
     * is in order if the last entry that is missing was due to be purged.
     *
     * @param head the end of the chain as the ledger knows it
     * @param purgedBefore entries recorded before this time may have been purged
     */
    public static HistoryChain check(List<ChainedEntry> stored, HistoryHead head, Instant purgedBefore) {
        List<HistoryEntry> entries = new ArrayList<>();
        OptionalLong broken = OptionalLong.empty();
        long sequence = 0;
        String hash = "";
        for (ChainedEntry each : stored) {
            HistoryJson.@Nullable Parsed parsed = parsed(each);
            boolean follows = parsed != null
                    && parsed.sequence() == each.sequence()
                    && follows(parsed, sequence, hash, purgedBefore);
            if (!follows && broken.isEmpty()) {
                broken = OptionalLong.of(each.sequence());
            }
            if (parsed != null) {
                entries.add(parsed.entry());
            }
            sequence = each.sequence();
            hash = HistoryJson.hash(each.text());
        }
        boolean whole = sequence == head.sequence() ? hash.equals(head.hash()) : isPurged(head.at(), purgedBefore);
        if (!whole && broken.isEmpty()) {
            broken = OptionalLong.of(head.sequence());
        }
        return new HistoryChain(entries, broken);
    }

    private static HistoryJson.@Nullable Parsed parsed(ChainedEntry entry) {
        try {
            return HistoryJson.read(entry.text());
        } catch (IllegalArgumentException e) {
            // What cannot be read was edited, which is what the caller is told.
            return null;
        }
    }

    private static boolean follows(HistoryJson.Parsed entry, long sequence, String hash, Instant purgedBefore) {
        if (entry.sequence() == sequence + 1) {
            return sequence == 0 ? entry.previous() == null : hash.equals(entry.previous());
        }
        return entry.sequence() > sequence && isPurged(entry.previousAt(), purgedBefore);
    }

    private static boolean isPurged(@Nullable Instant at, Instant purgedBefore) {
        return at == null || at.isBefore(purgedBefore);
    }

    public boolean isUnbroken() {
        return brokenAt.isEmpty();
    }
}
