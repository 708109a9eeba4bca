package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.batch.BatchResult;
import io.github.consentbridge.sync.batch.BatchWorker;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.DeadLetters;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.queue.DeliveryReceipts;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import io.github.consentbridge.sync.queue.ReceivedDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A queue in memory with a worker at its end. While nothing in it is visible, the systems' clock is moved on, so that the
 * retries of hours take milliseconds.
 */
final class QueueInTime implements DeliveryQueue, DeliveryReceipts, DeadLetters {
    private static final Duration VISIBILITY_TIMEOUT = Duration.ofSeconds(30);

    private record Waiting(ReceivedDelivery received, Instant visibleAt) {}

    final List<DeadLetter> dead = new ArrayList<>();
    private final Systems systems;
    private final BatchWorker worker;
    private final int batchSize;
    private final List<Waiting> waiting = new ArrayList<>();
    private int sent;

    QueueInTime(Systems systems, int batchSize) {
        this.systems = systems;
        this.batchSize = batchSize;
        worker = new BatchWorker(systems.worker(), this, this, this, systems.outcomeLog, systems.clock);
    }

    void send(Collection<Delivery> deliveries) {
        send(List.copyOf(deliveries), Duration.ZERO);
    }

    /** Handles one batch of what is visible now. */
    void handleOnce() {
        List<Waiting> batch = visible().stream().limit(batchSize).toList();
        waiting.removeAll(batch);
        List<ReceivedDelivery> received = batch.stream().map(Waiting::received).toList();
        waiting.addAll(batch.stream()
                .map(each -> new Waiting(
                        again(each.received()), systems.clock.instant().plus(VISIBILITY_TIMEOUT)))
                .toList());
        BatchResult result = worker.handle(received, Deadline.none());
        result.finished()
                .forEach(done ->
                        waiting.removeIf(each -> each.received().receipt().equals(done.receipt())));
    }

    private List<Waiting> visible() {
        Instant now = systems.clock.instant();
        return waiting.stream()
                .filter(each -> !each.visibleAt().isAfter(now))
                .sorted(Comparator.comparing(Waiting::visibleAt))
                .toList();
    }

    private static ReceivedDelivery again(ReceivedDelivery received) {
        return new ReceivedDelivery(received.receipt(), received.receives() + 1, received.delivery());
    }

    /** Handles whatever becomes visible during this time. */
    void runFor(Duration time) {
        Instant end = systems.clock.instant().plus(time);
        while (systems.clock.instant().isBefore(end)) {
            if (!visible().isEmpty()) {
                handleOnce();
            } else {
                Instant next = waiting.stream()
                        .map(Waiting::visibleAt)
                        .min(Comparator.naturalOrder())
                        .orElse(end);
                systems.clock.advance(Duration.between(systems.clock.instant(), next.isBefore(end) ? next : end));
            }
        }
    }

    List<Delivery> left() {
        return waiting.stream().map(each -> each.received().delivery()).toList();
    }

    @Override
    public void send(List<Delivery> deliveries, Duration delay) {
        Instant visibleAt = systems.clock.instant().plus(delay);
        deliveries.forEach(delivery ->
                waiting.add(new Waiting(new ReceivedDelivery("receipt-" + ++sent, 1, delivery), visibleAt)));
    }

    @Override
    public void postpone(List<String> receipts, Duration delay) {
        Instant visibleAt = systems.clock.instant().plus(delay);
        waiting.replaceAll(
                each -> receipts.contains(each.received().receipt()) ? new Waiting(each.received(), visibleAt) : each);
    }

    @Override
    public void add(List<DeadLetter> letters) {
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
