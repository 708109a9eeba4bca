package io.github.consentbridge.standalone.host;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.standalone.store.SqliteQueue;
import io.github.consentbridge.sync.batch.BatchResult;
import io.github.consentbridge.sync.batch.BatchWorker;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.ReceivedDelivery;
import io.github.consentbridge.sync.storage.StorageException;
import io.github.consentbridge.sync.worker.SyncWorker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes deliveries from the queue and hands them to the worker in batches as full as a short wait makes them: a batch costs
 * Dataverse the same two requests for one delivery as for a hundred.
 */
final class QueueWorkers implements AutoCloseable {
    /** What Dataverse reads and writes in one request. */
    private static final int FULL_BATCH = 100;

    private static final int MAX_DELIVERIES = 500;

    /** How long the first delivery waits for company. */
    private static final Duration GATHER = Duration.ofMillis(100);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    /** For a batch that failed as a whole. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private static final Duration TIME = Duration.ofMinutes(5);

    private final SqliteQueue queue;
    private final BatchWorker worker;
    private final SyncWorker systems;
    private final Vitals vitals;
    private final Pauses pauses;
    private final OutcomeLog outcomeLog;
    private final Clock clock;
    private final Shutdown shutdown;
    private final Signal signal = new Signal();
    private final Object taking = new Object();
    private final List<Thread> threads = new ArrayList<>();

    QueueWorkers(
            SqliteQueue queue,
            BatchWorker worker,
            SyncWorker systems,
            Vitals vitals,
            Pauses pauses,
            OutcomeLog outcomeLog,
            Clock clock,
            Shutdown shutdown) {
        this.queue = queue;
        this.worker = worker;
        this.systems = systems;
        this.vitals = vitals;
        this.pauses = pauses;
        this.outcomeLog = outcomeLog;
        this.clock = clock;
        this.shutdown = shutdown;
    }

    void start(int workers) {
        queue.onArrival(signal::raise);
        for (int index = 0; index < workers; index++) {
            start(new Thread(this::work, "worker-" + index));
        }
        // Beside the workers: a system that does not answer must not hold up what does not need it.
        start(new Thread(() -> safely(systems::checkSystems), "first-check"));
    }

    private void start(Thread thread) {
        threads.add(thread);
        thread.start();
    }

    /** Asks the systems; what fails there is not a failure of the queue. */
    private void safely(Runnable asking) {
        try {
            deadline().during(() -> {
                asking.run();
                return true;
            });
        } catch (StorageException e) {
            outcomeLog.fault("pauses not stored", e, LogFields.none());
        }
    }

    private void work() {
        while (!signal.isClosed()) {
            try {
                List<ReceivedDelivery> batch = next();
                if (batch.isEmpty()) {
                    safely(systems::askPausedSystems);
                } else {
                    handle(batch);
                }
            } catch (RuntimeException e) {
                // A thread that ends here would leave a bridge that accepts and never applies. An Error ends the
                // process.
                outcomeLog.fault("queue failed", e, LogFields.none());
                vitals.batchEnded(true);
                signal.pause(LOOK_AGAIN);
            }
        }
    }

    /** One thread gathers at a time; the others are applying, or next. */
    private List<ReceivedDelivery> next() {
        synchronized (taking) {
            signal.await(pause().or(this::untilNextVisible).orElse(Duration.ZERO));
            if (signal.isClosed() || pause().isPresent()) {
                return List.of();
            }
            int available = queue.available(MAX_DELIVERIES);
            if (available > 0 && available < FULL_BATCH) {
                signal.pause(GATHER);
                available = queue.available(MAX_DELIVERIES);
            }
            return queue.take(available > FULL_BATCH ? available - available % FULL_BATCH : available);
        }
    }

    /** Without Dataverse, or with mappings that must be refused, nothing can be applied, so nothing is taken. */
    private Optional<Duration> pause() {
        return Optional.ofNullable(pauses.pausedUntil().get(RemoteSystem.DATAVERSE))
                .map(this::until)
                .filter(wait -> !wait.isZero())
                .or(() -> worker.refusal().map(refused -> LOOK_AGAIN));
    }

    private Optional<Duration> untilNextVisible() {
        return queue.available(1) > 0
                ? Optional.empty()
                : Optional.of(queue.nextVisible().map(this::until).orElse(LOOK_AGAIN));
    }

    private Duration until(Instant time) {
        Duration wait = Duration.between(clock.instant(), time);
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LOOK_AGAIN) < 0 ? wait : LOOK_AGAIN;
    }

    private void handle(List<ReceivedDelivery> batch) {
        BatchResult result = result(batch);
        vitals.batchEnded(result.failed());
        try {
            queue.finish(result.finished(), result.returning(), AFTER_FAILURE);
        } finally {
            queue.release(batch);
            signal.raise();
        }
    }

    private BatchResult result(List<ReceivedDelivery> batch) {
        try {
            return worker.handle(batch, deadline());
        } catch (RuntimeException e) {
            outcomeLog.fault("worker failed", e, LogFields.of("messages", batch.size()));
            return BatchResult.failed(batch);
        }
    }

    private Deadline deadline() {
        return Deadline.earlier(Deadline.at(clock.instant().plus(TIME), clock), shutdown);
    }

    /** Takes nothing more, and waits until the batches under way have ended, as long as the shutdown leaves time. */
    @Override
    public void close() {
        signal.close();
        threads.forEach(shutdown::join);
    }
}
