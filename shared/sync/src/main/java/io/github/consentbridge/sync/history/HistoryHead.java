package io.github.consentbridge.sync.history;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The end of a person's chain. The ledger entry contains it, so that an entry that was removed at the end shows too.
 *
 * @param sequence the last entry's; 0 if there is none
 * @param hash the last entry's
 * @param at when the last entry was recorded; null if there is none
 * @param standing the sequence of the entry that explains the choice which stands, by the key of its consent record
 */
public record HistoryHead(
        long sequence, String hash, @Nullable Instant at, SortedMap<String, Long> standing) {
    public static final HistoryHead NONE = new HistoryHead(0, "", null, new TreeMap<>());

    public HistoryHead {
        standing = Collections.unmodifiableSortedMap(standing);
    }

    /** The same, after these choices have come to stand. */
    HistoryHead withStanding(Map<String, Long> changed) {
        SortedMap<String, Long> all = new TreeMap<>(standing);
        all.putAll(changed);
        return new HistoryHead(sequence, hash, at, all);
    }
}
