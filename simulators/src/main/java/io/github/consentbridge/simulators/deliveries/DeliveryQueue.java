package io.github.consentbridge.simulators.deliveries;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Pending deliveries. By default the owner sends them with {@link #deliver}. A delivery that a receiver does not answer
 * with 2xx is retried as often as the {@link Courier} says and then given up. Thread-safe.
 */
public final class DeliveryQueue<D extends NumberedDelivery> implements AutoCloseable {
    private final Courier<D> courier;
    private final String threadName;
    private final Map<Long, Pending<D>> pending = new LinkedHashMap<>();
    private final List<D> givenUp = new ArrayList<>();
    private Optional<Automatic> automatic = Optional.empty();

    private record Automatic(ExecutorService threads, Duration retryEvery) {}

    /** A delivery with the receivers that already have it. */
    private static final class Pending<D> {
        private final D delivery;
        private final Set<String> reached = new HashSet<>();
        private int attempts;

        Pending(D delivery) {
            this.delivery = delivery;
        }
    }

    /** @param threadName name of the threads of {@link #deliverAutomatically} */
    public DeliveryQueue(Courier<D> courier, String threadName) {
        this.courier = courier;
        this.threadName = threadName;
    }

    /** Adds a delivery; with automatic delivery, one without a receiver is dropped. */
    public void add(D delivery) {
        boolean forNobody = courier.receivers(delivery).isEmpty();
        synchronized (this) {
            if (automatic.isPresent() && forNobody) {
                return;
            }
            pending.put(delivery.number(), new Pending<>(delivery));
            automatic.ifPresent(mode -> schedule(mode, delivery.number(), Duration.ZERO));
        }
    }

    /** Oldest first. */
    public synchronized List<D> pending() {
        return pending.values().stream().map(entry -> entry.delivery).toList();
    }

    /** Deliveries that are not retried although some receiver has not accepted them. */
    public synchronized List<D> givenUp() {
        return List.copyOf(givenUp);
    }

    /** Loses the delivery at this index of {@link #pending()}. */
    public synchronized D lose(int index) {
        D delivery = at(index);
        pending.remove(delivery.number());
        return delivery;
    }

    public synchronized void loseAll() {
        pending.clear();
    }

    /** From now on deliveries are sent automatically, including the pending ones. */
    public synchronized void deliverAutomatically(int connections, Duration retryEvery) {
        ExecutorService threads = Executors.newFixedThreadPool(connections, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        Automatic mode = new Automatic(threads, retryEvery);
        automatic = Optional.of(mode);
        pending.keySet().forEach(number -> schedule(mode, number, Duration.ZERO));
    }

    /** Makes one attempt at the delivery at this index of {@link #pending()}. */
    public List<Integer> deliver(int index) {
        return attempt(at(index).number());
    }

    /** Makes one attempt at each pending delivery, in order. */
    public List<Integer> deliverAll() {
        List<Integer> statuses = new ArrayList<>();
        for (D delivery : pending()) {
            statuses.addAll(attempt(delivery.number()));
        }
        return statuses;
    }

    /** Sends the delivery to all of its receivers, regardless of earlier attempts. */
    public List<Integer> send(D delivery) {
        return courier.receivers(delivery).stream()
                .map(receiver -> receiver.post(delivery))
                .toList();
    }

    @Override
    public void close() {
        Optional<Automatic> mode;
        synchronized (this) {
            mode = automatic;
        }
        mode.ifPresent(running -> running.threads().shutdownNow());
    }

    private synchronized D at(int index) {
        return pending.values().stream()
                .skip(index)
                .findFirst()
                .map(entry -> entry.delivery)
                .orElseThrow(() -> new NoSuchElementException("no pending delivery " + index));
    }

    private void schedule(Automatic mode, long number, Duration delay) {
        Executor later = delay.isZero()
                ? mode.threads()
                : CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, mode.threads());
        later.execute(() -> tryAgainUntilDone(mode, number));
    }

    private void tryAgainUntilDone(Automatic mode, long number) {
        attempt(number);
        if (find(number).isPresent() && !mode.threads().isShutdown()) {
            schedule(mode, number, mode.retryEvery());
        }
    }

    private synchronized Optional<Pending<D>> find(long number) {
        return Optional.ofNullable(pending.get(number));
    }

    private List<Integer> attempt(long number) {
        Optional<Pending<D>> entry = find(number);
        return entry.isPresent() ? attempt(entry.get()) : List.of();
    }

    /** The queue is not locked during the calls, because a receiver may call the API, which adds deliveries. */
    private List<Integer> attempt(Pending<D> entry) {
        List<Receiver<D>> receivers = courier.receivers(entry.delivery);
        if (receivers.isEmpty()) {
            throw new IllegalStateException("no webhook is registered");
        }
        List<Integer> statuses = new ArrayList<>();
        for (Receiver<D> receiver : receivers) {
            if (!hasReached(entry, receiver)) {
                int status = receiver.post(entry.delivery);
                statuses.add(status);
                note(entry, receiver, status);
            }
        }
        finish(entry, statuses);
        return statuses;
    }

    private synchronized boolean hasReached(Pending<D> entry, Receiver<D> receiver) {
        return entry.reached.contains(receiver.id());
    }

    private synchronized void note(Pending<D> entry, Receiver<D> receiver, int status) {
        if (isAccepted(status)) {
            entry.reached.add(receiver.id());
        }
    }

    private synchronized void finish(Pending<D> entry, List<Integer> statuses) {
        entry.attempts++;
        boolean accepted = statuses.stream().allMatch(DeliveryQueue::isAccepted);
        if (!accepted && courier.triesAgain(entry.attempts, statuses)) {
            return;
        }
        boolean wasPending = pending.remove(entry.delivery.number()) != null;
        if (!accepted && wasPending) {
            givenUp.add(entry.delivery);
        }
    }

    private static boolean isAccepted(int status) {
        return status / 100 == 2;
    }
}
