package io.github.consentbridge.sync.worker;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.history.ChainedEntry;
import io.github.consentbridge.sync.history.HistoryTail;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.LedgerJson;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A ledger in memory that keeps entries in the form in which others store them. */
final class MemoryLedger implements ConsentLedger {
    private record Stored(String json, long revision) {}

    private final Map<OrganizationUserId, Stored> entries = new HashMap<>();
    private final Map<OrganizationUserId, SortedMap<Long, ChainedEntry>> histories = new HashMap<>();

    @Override
    public synchronized Map<OrganizationUserId, LedgerEntry> load(Collection<OrganizationUserId> keys) {
        Map<OrganizationUserId, LedgerEntry> loaded = new HashMap<>();
        keys.forEach(key -> loaded.put(key, entry(key)));
        return loaded;
    }

    private LedgerEntry entry(OrganizationUserId key) {
        Stored stored = entries.get(key);
        return stored == null ? LedgerEntry.none(key) : LedgerJson.read(key, stored.json(), stored.revision());
    }

    private long revision(OrganizationUserId key) {
        Stored stored = entries.get(key);
        return stored == null ? LedgerEntry.none(key).revision() : stored.revision();
    }

    @Override
    public synchronized Set<OrganizationUserId> save(List<LedgerEntry> changed) {
        Set<OrganizationUserId> conflicts = new HashSet<>();
        for (LedgerEntry entry : changed) {
            OrganizationUserId key = entry.person().key();
            if (revision(key) == entry.revision()) {
                entries.put(key, new Stored(LedgerJson.write(entry), entry.revision() + 1));
                append(key, entry.history());
            } else {
                conflicts.add(key);
            }
        }
        return conflicts;
    }

    private void append(OrganizationUserId key, HistoryTail tail) {
        SortedMap<Long, ChainedEntry> history = histories.computeIfAbsent(key, none -> new TreeMap<>());
        if (tail.forgotten()) {
            history.clear();
        }
        tail.unsaved().forEach(entry -> history.put(entry.sequence(), entry));
    }

    @Override
    public synchronized List<ChainedEntry> history(OrganizationUserId key) {
        return List.copyOf(histories.getOrDefault(key, new TreeMap<>()).values());
    }

    @Override
    public synchronized int purgeHistory(Instant before) {
        int purged = 0;
        for (Map.Entry<OrganizationUserId, SortedMap<Long, ChainedEntry>> each : histories.entrySet()) {
            HistoryTail tail = entry(each.getKey()).history();
            int size = each.getValue().size();
            each.getValue().values().removeIf(entry -> entry.at().isBefore(before) && !tail.isStanding(entry));
            purged += size - each.getValue().size();
        }
        return purged;
    }

    @Override
    public synchronized Optional<OrganizationUserId> personOf(String contactId) {
        return entries.keySet().stream()
                .filter(key -> contactId.equals(entry(key).person().contactId()))
                .findFirst();
    }
}
