package io.github.consentbridge.sync.worker;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.history.ChainedEntry;
import io.github.consentbridge.sync.history.ReplayCheck;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.LedgerEntryTooLargeException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A ledger whose use is counted, and between whose steps something can happen. */
public final class WatchedLedger implements ConsentLedger {
    private final ConsentLedger ledger;
    private int checkedEvery;
    private final AtomicInteger saves = new AtomicInteger();
    private final AtomicInteger checks = new AtomicInteger();
    private final Map<OrganizationUserId, ReplayCheck> replays = new ConcurrentHashMap<>();

    /** Runs after each load, before and after each save: between a worker's steps. May throw, as a crash would. */
    public Runnable betweenSteps = () -> {};

    /** Whether somebody has made every history unreadable. */
    public boolean edited;

    /** Whether a history is kept, which then is checked. */
    public boolean historyKept = true;

    /** People whose entries do not fit. */
    public final Set<OrganizationUserId> tooLarge = new HashSet<>();

    /** @param checkedEvery of how many saves one must leave a history that gives the ledger's state back */
    WatchedLedger(ConsentLedger ledger, int checkedEvery) {
        this.ledger = ledger;
        this.checkedEvery = checkedEvery;
    }

    /** Saves many entries of one shape: of so many, one is checked. */
    public void whileCheckingOneOf(int some, Runnable saves) {
        int usual = checkedEvery;
        checkedEvery = Math.max(usual, some);
        try {
            saves.run();
        } finally {
            checkedEvery = usual;
        }
    }

    /** How many entries were saved. */
    public int saves() {
        return saves.get();
    }

    LedgerEntry entry(OrganizationUserId key) {
        return Objects.requireNonNull(ledger.load(List.of(key)).get(key));
    }

    @Override
    public Map<OrganizationUserId, LedgerEntry> load(Collection<OrganizationUserId> keys) {
        Map<OrganizationUserId, LedgerEntry> loaded = ledger.load(keys);
        betweenSteps.run();
        return loaded;
    }

    @Override
    public Set<OrganizationUserId> save(List<LedgerEntry> changed) {
        betweenSteps.run();
        Map<Boolean, List<LedgerEntry>> byFit = changed.stream()
                .collect(Collectors.partitioningBy(
                        entry -> !tooLarge.contains(entry.person().key())));
        Set<OrganizationUserId> conflicts = ledger.save(byFit.get(true));
        saves.addAndGet(byFit.get(true).size() - conflicts.size());
        byFit.get(true).stream()
                .map(entry -> entry.person().key())
                .filter(key -> historyKept && !conflicts.contains(key) && checks.getAndIncrement() % checkedEvery == 0)
                .forEach(this::check);
        betweenSteps.run();
        if (!byFit.get(false).isEmpty()) {
            throw new LedgerEntryTooLargeException("little", Set.copyOf(tooLarge), conflicts);
        }
        return conflicts;
    }

    /** Two passes of a run may save one person at once: the entry that is checked belongs to the history. */
    private void check(OrganizationUserId key) {
        ReplayCheck replay = replays.computeIfAbsent(key, none -> new ReplayCheck());
        synchronized (replay) {
            List<ChainedEntry> history = ledger.history(key);
            LedgerEntry entry = entry(key);
            List<ChainedEntry> since = ledger.history(key);
            while (!history.equals(since)) {
                history = since;
                entry = entry(key);
                since = ledger.history(key);
            }
            replay.check(entry, history);
        }
    }

    @Override
    public List<ChainedEntry> history(OrganizationUserId key) {
        return edited
                ? ledger.history(key).stream()
                        .map(entry -> ChainedEntry.stored(entry.sequence(), "{}"))
                        .toList()
                : ledger.history(key);
    }

    @Override
    public int purgeHistory(Instant before) {
        return ledger.purgeHistory(before);
    }

    @Override
    public Optional<OrganizationUserId> personOf(String contactId) {
        return ledger.personOf(contactId);
    }
}
