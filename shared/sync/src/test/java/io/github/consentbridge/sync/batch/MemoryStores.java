package io.github.consentbridge.sync.batch;

import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.history.ChainedEntry;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.MemoryPauses;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.DeadLetters;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.queue.DeliveryReceipts;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import io.github.consentbridge.sync.storage.StorageException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Everything that a worker stores, in memory; each part can be made to fail. */
public final class MemoryStores implements ConsentLedger, Pauses, DeliveryQueue, DeliveryReceipts, DeadLetters {
    public enum Part {
        LEDGER,
        QUEUE,
        POSTPONING,
        DEAD_LETTERS
    }

    public record Sent(Delivery delivery, Duration delay) {}

    public final Set<Part> failing = EnumSet.noneOf(Part.class);
    public final List<Sent> sent = new ArrayList<>();
    public final Map<String, Duration> postponed = new HashMap<>();
    public final List<DeadLetter> dead = new ArrayList<>();
    public final Map<RemoteSystem, Instant> paused = new EnumMap<>(RemoteSystem.class);

    private final Pauses pauses = new MemoryPauses(paused);

    /** Of a dead letter or a delivery that is sent. */
    public int maxBody = Integer.MAX_VALUE;

    private final Map<OrganizationUserId, LedgerEntry> entries = new HashMap<>();

    private void use(Part part) {
        if (failing.contains(part)) {
            throw new StorageException("the " + part + " is out of order", new IOException("simulated"));
        }
    }

    private void requireFits(Stream<Delivery> deliveries) {
        if (deliveries.anyMatch(delivery -> delivery.body().length() > maxBody)) {
            throw new StorageException("the message is too long");
        }
    }

    @Override
    public Map<OrganizationUserId, LedgerEntry> load(Collection<OrganizationUserId> keys) {
        use(Part.LEDGER);
        Map<OrganizationUserId, LedgerEntry> loaded = new HashMap<>();
        keys.forEach(key -> loaded.put(key, entries.getOrDefault(key, LedgerEntry.none(key))));
        return loaded;
    }

    @Override
    public Set<OrganizationUserId> save(List<LedgerEntry> changed) {
        use(Part.LEDGER);
        changed.forEach(entry -> entries.put(entry.person().key(), entry.saved()));
        return new HashSet<>();
    }

    @Override
    public List<ChainedEntry> history(OrganizationUserId key) {
        return List.of();
    }

    @Override
    public int purgeHistory(Instant before) {
        return 0;
    }

    @Override
    public Optional<OrganizationUserId> personOf(String contactId) {
        return Optional.empty();
    }

    @Override
    public Map<RemoteSystem, Instant> pausedUntil() {
        return pauses.pausedUntil();
    }

    @Override
    public void pause(RemoteSystem system, Instant until) {
        pauses.pause(system, until);
    }

    @Override
    public boolean replace(RemoteSystem system, Instant known, Instant until) {
        return pauses.replace(system, known, until);
    }

    @Override
    public boolean end(RemoteSystem system, Instant known) {
        return pauses.end(system, known);
    }

    @Override
    public Optional<Instant> lift(RemoteSystem system) {
        return pauses.lift(system);
    }

    @Override
    public void send(List<Delivery> deliveries, Duration delay) {
        use(Part.QUEUE);
        requireFits(deliveries.stream());
        deliveries.forEach(delivery -> sent.add(new Sent(delivery, delay)));
    }

    @Override
    public void postpone(List<String> receipts, Duration delay) {
        use(Part.POSTPONING);
        receipts.forEach(receipt -> postponed.put(receipt, delay));
    }

    @Override
    public void add(List<DeadLetter> letters) {
        use(Part.DEAD_LETTERS);
        requireFits(letters.stream().map(DeadLetter::delivery));
        dead.addAll(letters);
    }

    @Override
    public List<DeadLetter> list(Predicate<DeadLetter> filter, int limit) {
        return dead.stream().filter(filter).limit(limit).toList();
    }

    @Override
    public int replay(Predicate<DeadLetter> filter, DeliveryQueue queue) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<DiscardedDelivery> discard(
            String id, DiscardedDelivery.Decision decision, Function<String, OrganizationUserId> person) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int erase(Predicate<String> person) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<DiscardedDelivery> discarded(String id) {
        throw new UnsupportedOperationException();
    }
}
