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
 * Deliveries that are owed. By default nothing moves by itself: the owner calls {@link #deliver}. What a receiver does not
 * answer with 2xx is tried again as often as the {@link Courier} says, then it is given up. Thread-safe.
 */
public final class DeliveryQueue<D extends NumberedDelivery> implements AutoCloseable {
    private final Courier<D> courier;
    private final String threadName;
    private final Map<Long, Owed<D>> owed = new LinkedHashMap<>();
    private final List<D> givenUp = new ArrayList<>();
    private Optional<Automatic> automatic = Optional.empty();

    private record Automatic(ExecutorService threads, Duration retryEvery) {}

    /** A delivery with the receivers that have it already. */
    private static final class Owed<D> {
        private final D delivery;
        private final Set<String> reached = new HashSet<>();
        private int attempts;

        Owed(D delivery) {
            this.delivery = delivery;
        }
    }

    /** @param threadName of the threads of {@link #deliverAutomatically} */
    public DeliveryQueue(Courier<D> courier, String threadName) {
        this.courier = courier;
        this.threadName = threadName;
    }

    /** Owes one more; delivered automatically, one that is for nobody is dropped. */
    public void add(D delivery) {
        boolean forNobody = courier.receivers(delivery).isEmpty();
        synchronized (this) {
            if (automatic.isPresent() && forNobody) {
                return;
            }
            owed.put(delivery.number(), new Owed<>(delivery));
            automatic.ifPresent(mode -> schedule(mode, delivery.number(), Duration.ZERO));
        }
    }

    /** Oldest first. */
    public synchronized List<D> pending() {
        return owed.values().stream().map(entry -> entry.delivery).toList();
    }

    /** Those that will not be tried again though some receiver has not accepted them. */
    public synchronized List<D> givenUp() {
        return List.copyOf(givenUp);
    }

    /** Loses the delivery at this place of {@link #pending}. */
    public synchronized D lose(int index) {
        D delivery = at(index);
        owed.remove(delivery.number());
        return delivery;
    }

    public synchronized void loseAll() {
        owed.clear();
    }

    /** From now on deliveries go out by themselves, those already owed too. */
    public synchronized void deliverAutomatically(int connections, Duration retryEvery) {
        ExecutorService threads = Executors.newFixedThreadPool(connections, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        Automatic mode = new Automatic(threads, retryEvery);
        automatic = Optional.of(mode);
        owed.keySet().forEach(number -> schedule(mode, number, Duration.ZERO));
    }

    /** One attempt at the delivery at this place of {@link #pending}. */
    public List<Integer> deliver(int index) {
        return attempt(at(index).number());
    }

    /** One attempt at each pending delivery, in order. */
    public List<Integer> deliverAll() {
        List<Integer> statuses = new ArrayList<>();
        for (D delivery : pending()) {
            statuses.addAll(attempt(delivery.number()));
        }
        return statuses;
    }

    /** Sends the delivery to everyone it is for, whatever became of it before. */
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
        return owed.values().stream()
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

    private synchronized Optional<Owed<D>> find(long number) {
        return Optional.ofNullable(owed.get(number));
    }

    private List<Integer> attempt(long number) {
        Optional<Owed<D>> entry = find(number);
        return entry.isPresent() ? attempt(entry.get()) : List.of();
    }

    /** The queue is not locked over the calls: a receiver may call the API, which adds deliveries. */
    private List<Integer> attempt(Owed<D> entry) {
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

    private synchronized boolean hasReached(Owed<D> entry, Receiver<D> receiver) {
        return entry.reached.contains(receiver.id());
    }

    private synchronized void note(Owed<D> entry, Receiver<D> receiver, int status) {
        if (isAccepted(status)) {
            entry.reached.add(receiver.id());
        }
    }

    private synchronized void finish(Owed<D> entry, List<Integer> statuses) {
        entry.attempts++;
        boolean accepted = statuses.stream().allMatch(DeliveryQueue::isAccepted);
        if (!accepted && courier.triesAgain(entry.attempts, statuses)) {
            return;
        }
        boolean wasOwed = owed.remove(entry.delivery.number()) != null;
        if (!accepted && wasOwed) {
            givenUp.add(entry.delivery);
        }
    }

    private static boolean isAccepted(int status) {
        return status / 100 == 2;
    }
}
