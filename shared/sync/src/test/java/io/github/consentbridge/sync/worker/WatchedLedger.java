package io.github.consentbridge.sync.worker;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A ledger whose use is counted, and between whose steps something can happen. */
public final class WatchedLedger implements ConsentLedger {
    private final ConsentLedger ledger;
    private final AtomicInteger saves = new AtomicInteger();

    /** Runs after each load, before and after each save: between a worker's steps. May throw, as a crash would. */
    public Runnable betweenSteps = () -> {};

    WatchedLedger(ConsentLedger ledger) {
        this.ledger = ledger;
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
        Set<OrganizationUserId> conflicts = ledger.save(changed);
        saves.addAndGet(changed.size() - conflicts.size());
        betweenSteps.run();
        return conflicts;
    }

    @Override
    public Optional<OrganizationUserId> personOf(String contactId) {
        return ledger.personOf(contactId);
    }
}
