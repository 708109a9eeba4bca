package io.github.consentbridge.simulators.didomi;

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
 * Deliveries that are owed. By default nothing moves by itself: the owner calls {@link #deliver}. A delivery that a webhook
 * does not answer with 2xx is tried five more times, then it goes to what Didomi calls permanent storage.
 */
final class DeliveryQueue implements AutoCloseable {
    private static final int ATTEMPTS = 6;

    private final WebhookCalls calls;
    private final Map<Long, Owed> owed = new LinkedHashMap<>();
    private final List<Delivery> stored = new ArrayList<>();
    private final List<Webhook> webhooks = new ArrayList<>();
    private Optional<Automatic> automatic = Optional.empty();

    private record Automatic(ExecutorService threads, Duration retryEvery) {}

    /** A delivery with the webhooks that have it already. */
    private static final class Owed {
        private final Delivery delivery;
        private final Set<String> reached = new HashSet<>();
        private int attempts;

        Owed(Delivery delivery) {
            this.delivery = delivery;
        }
    }

    DeliveryQueue(WebhookCalls calls) {
        this.calls = calls;
    }

    synchronized void add(Delivery delivery) {
        if (automatic.isPresent() && webhooks.isEmpty()) {
            return;
        }
        owed.put(delivery.number(), new Owed(delivery));
        automatic.ifPresent(mode -> schedule(mode, delivery.number(), Duration.ZERO));
    }

    synchronized List<Delivery> pending() {
        return owed.values().stream().map(entry -> entry.delivery).toList();
    }

    synchronized List<Delivery> stored() {
        return List.copyOf(stored);
    }

    synchronized void clear() {
        owed.clear();
    }

    synchronized Delivery remove(int index) {
        Delivery delivery = at(index);
        owed.remove(delivery.number());
        return delivery;
    }

    synchronized List<Webhook> webhooks() {
        return List.copyOf(webhooks);
    }

    /** Adds the webhook, or replaces the one with its id. */
    synchronized void register(Webhook webhook) {
        unregister(webhook.id());
        webhooks.add(webhook);
    }

    synchronized boolean unregister(String id) {
        return webhooks.removeIf(webhook -> webhook.id().equals(id));
    }

    /** From now on deliveries go out by themselves, those already owed too. */
    synchronized void deliverAutomatically(int connections, Duration retryEvery) {
        ExecutorService threads = Executors.newFixedThreadPool(connections, task -> {
            Thread thread = new Thread(task, "didomi-deliveries");
            thread.setDaemon(true);
            return thread;
        });
        Automatic mode = new Automatic(threads, retryEvery);
        automatic = Optional.of(mode);
        owed.keySet().forEach(number -> schedule(mode, number, Duration.ZERO));
    }

    /** One attempt at the delivery at this place of {@link #pending}. */
    List<Integer> deliver(int index) {
        return attempt(at(index).number());
    }

    /** One attempt at each pending delivery, in order. */
    List<Integer> deliverAll() {
        List<Integer> statuses = new ArrayList<>();
        for (Delivery delivery : pending()) {
            statuses.addAll(attempt(delivery.number()));
        }
        return statuses;
    }

    /** Sends the body to every webhook, whatever became of it before. */
    List<Integer> send(Delivery delivery) {
        return webhooks().stream()
                .map(webhook -> calls.post(webhook, delivery.body()))
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

    private synchronized Delivery at(int index) {
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
        boolean unfinished;
        synchronized (this) {
            unfinished = owed.containsKey(number);
        }
        if (unfinished && !mode.threads().isShutdown()) {
            schedule(mode, number, mode.retryEvery());
        }
    }

    /** The queue is not locked over the calls: a receiver may call the API, which adds deliveries. */
    private List<Integer> attempt(long number) {
        Owed entry;
        List<Webhook> targets;
        synchronized (this) {
            entry = owed.get(number);
            if (entry == null) {
                return List.of();
            } else if (webhooks.isEmpty()) {
                throw new IllegalStateException("no webhook is registered");
            }
            Owed wanted = entry;
            targets = webhooks.stream()
                    .filter(webhook -> !wanted.reached.contains(webhook.id()))
                    .toList();
        }
        List<Integer> statuses = new ArrayList<>();
        for (Webhook webhook : targets) {
            int status = calls.post(webhook, entry.delivery.body());
            statuses.add(status);
            if (status / 100 == 2) {
                entry.reached.add(webhook.id());
            }
        }
        finish(entry, statuses);
        return statuses;
    }

    private synchronized void finish(Owed entry, List<Integer> statuses) {
        entry.attempts++;
        boolean done = statuses.stream().allMatch(status -> status / 100 == 2);
        if (!done && entry.attempts >= ATTEMPTS) {
            stored.add(entry.delivery);
        }
        if (done || entry.attempts >= ATTEMPTS) {
            owed.remove(entry.delivery.number());
        }
    }
}
