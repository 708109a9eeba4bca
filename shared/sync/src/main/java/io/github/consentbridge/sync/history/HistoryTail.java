package io.github.consentbridge.sync.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The end of a person's history, and what is to be appended to it by the next save of the ledger entry.
 *
 * @param outdated saved entries that explain no standing choice any more, so that they may be purged once they are old
 * @param forgotten whether everything saved before is to be deleted
 */
public record HistoryTail(HistoryHead head, List<ChainedEntry> unsaved, Set<Long> outdated, boolean forgotten) {
    public static final HistoryTail NONE = of(HistoryHead.NONE);

    public HistoryTail {
        unsaved = List.copyOf(unsaved);
        outdated = Set.copyOf(outdated);
    }

    /** A history whose entries are all saved. */
    public static HistoryTail of(HistoryHead head) {
        return new HistoryTail(head, List.of(), Set.of(), false);
    }

    /** The same after the save. */
    public HistoryTail saved() {
        return unsaved.isEmpty() && outdated.isEmpty() && !forgotten ? this : of(head);
    }

    /** A new history, without anything of this one. */
    public HistoryTail forget() {
        return new HistoryTail(HistoryHead.NONE, List.of(), Set.of(), true);
    }

    /** The sequences of unsaved entries that explain a standing choice: they are kept, whatever their age. */
    public boolean isStanding(ChainedEntry entry) {
        return head.standing().containsValue(entry.sequence());
    }

    /**
     * The same with more entries.
     *
     * @param standing the position in {@code entries} of each choice that stands from now on, by the key of its record
     */
    HistoryTail append(List<HistoryEntry> entries, Map<String, Integer> standing) {
        if (entries.isEmpty()) {
            return this;
        }
        List<ChainedEntry> all = new ArrayList<>(unsaved);
        HistoryHead end = head;
        for (HistoryEntry entry : entries) {
            String text = HistoryJson.write(entry, end);
            long next = end.sequence() + 1;
            all.add(new ChainedEntry(next, entry.at(), text));
            end = new HistoryHead(next, HistoryJson.hash(text), entry.at(), end.standing());
        }
        Map<String, Long> sequences = new HashMap<>();
        Set<Long> old = new TreeSet<>(outdated);
        standing.forEach((record, index) -> {
            sequences.put(record, head.sequence() + 1 + index);
            @Nullable Long before = head.standing().get(record);
            if (before != null) {
                old.add(before);
            }
        });
        return new HistoryTail(end.withStanding(sequences), all, old, forgotten);
    }

    /** The same once no choice stands any more. */
    HistoryTail withoutStanding() {
        Set<Long> old = new TreeSet<>(outdated);
        old.addAll(head.standing().values());
        HistoryHead end = new HistoryHead(head.sequence(), head.hash(), head.at(), new TreeMap<>());
        return new HistoryTail(end, unsaved, old, forgotten);
    }
}
