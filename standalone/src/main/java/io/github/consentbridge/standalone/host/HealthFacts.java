package io.github.consentbridge.standalone.host;

import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.standalone.store.SqliteQueue;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.connections.RefusedMappingsException;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.operations.LastReconciliation;
import io.github.consentbridge.sync.operations.LastReconciliation.Result;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Examines the bridge, and says what is wrong in sentences that say what to do. May take as long as the store does. What is
 * expensive is remembered for a while: anybody may ask, as often as they like. For one thread at a time.
 */
final class HealthFacts {
    /** Between two writes that only test the store. */
    private static final Duration PROBE_AGE = Duration.ofSeconds(1);

    /** How long after its time a reconciliation may still be running. */
    private static final Duration MIN_GRACE = Duration.ofHours(1);

    private final Store store;
    private final Credentials credentials;
    private final Vitals vitals;
    private final Supplier<Optional<RefusedMappingsException>> refusal;
    private final Optional<Duration> reconcileEvery;
    private final Clock clock;
    private final Remembered<SqliteQueue.Depth> depth;
    private final Remembered<Long> deadLetters;
    private Instant probedAt = Instant.MIN;
    private @Nullable StorageException unwritable;

    /**
     * The state of a bridge.
     *
     * @param refusal why no delivery is applied at present, if a mapping must be refused
     * @param reconcileEvery empty if it does not reconcile by itself
     */
    HealthFacts(
            Store store,
            Credentials credentials,
            Vitals vitals,
            Supplier<Optional<RefusedMappingsException>> refusal,
            Optional<Duration> reconcileEvery,
            Clock clock) {
        this.store = store;
        this.credentials = credentials;
        this.vitals = vitals;
        this.refusal = refusal;
        this.reconcileEvery = reconcileEvery;
        this.clock = clock;
        // A program that waits until the queue is empty must not see a former state of it; an empty one costs nothing.
        this.depth = new Remembered<>(store.queue()::depth, known -> known.depth() + known.inHand() > 0);
        this.deadLetters = new Remembered<>(store.deadLetters()::count, known -> true);
    }

    HealthReport examine() {
        List<String> down = new ArrayList<>();
        List<String> degraded = new ArrayList<>();
        HealthJson json = new HealthJson(clock.instant());
        json.vitals(vitals);
        json.store(store.space());
        checkSecret(down, degraded);
        checkPauses(json, degraded);
        checkBatches(degraded);
        refusal.get()
                .ifPresent(
                        refused -> degraded.add("Deliveries wait because a mapping is refused: " + refused.sentence()));
        try {
            probe();
            checkQueue(json, degraded);
            checkReconciliation(json, degraded);
        } catch (StorageException e) {
            down.add("Deliveries cannot be stored: " + e.sentence() + ".");
        }
        return json.report(down, degraded);
    }

    /** Writes once a second, and again at once after a delivery could not be stored. */
    private void probe() {
        boolean recent = clock.instant().isBefore(probedAt.plus(PROBE_AGE));
        if (!recent || (unwritable == null && store.hasFailed())) {
            unwritable = failureOf(store::probe);
            probedAt = clock.instant();
        }
        if (unwritable != null) {
            throw unwritable;
        }
    }

    private static @Nullable StorageException failureOf(Runnable probe) {
        try {
            probe.run();
            return null;
        } catch (StorageException e) {
            return e;
        }
    }

    private void checkSecret(List<String> down, List<String> degraded) {
        try {
            credentials.current();
            if (credentials.failure().isPresent()) {
                degraded.add("The secret cannot be read again and the last good one serves for up to an hour:"
                        + " run doctor and repair the secret.");
            }
        } catch (CredentialsException e) {
            down.add("There is no valid secret, so every delivery is refused: run doctor and repair the secret.");
        }
    }

    private void checkPauses(HealthJson json, List<String> degraded) {
        Map<RemoteSystem, Instant> pauses = store.pauses().pausedUntil();
        json.pauses(pauses);
        pauses.forEach((system, until) -> degraded.add(
                until.isAfter(clock.instant())
                        ? system.label() + " is paused until " + until
                                + ", because it failed, refused the credentials or"
                                + " asked us to wait: the log line \"paused\" says which; deliveries wait. Run doctor,"
                                + " then resume " + system.word() + " to ask it again at once."
                        : system.label() + " was paused and has not answered yet: it is asked again within a minute."));
    }

    private void checkBatches(List<String> degraded) {
        vitals.batchesFailingSince()
                .ifPresent(since -> degraded.add("Batches of deliveries have been failing since " + since
                        + " and are repeated: the log line \"batch failed\" says why."));
    }

    private void checkQueue(HealthJson json, List<String> degraded) {
        long dead = deadLetters.value();
        json.queue(depth.value(), dead);
        if (dead > 0) {
            degraded.add("There " + (dead == 1 ? "is 1 dead letter" : "are " + dead + " dead letters")
                    + ": list the reasons with deadletters, fix the cause, then run replay.");
        }
    }

    private void checkReconciliation(HealthJson json, List<String> degraded) {
        Optional<LastReconciliation> last = LastReconciliation.load(store.runs());
        json.lastReconciliation(last);
        last.map(LastReconciliation::result).ifPresent(result -> {
            if (result == Result.FAILED) {
                degraded.add("The last reconciliation failed: the log line \"reconciliation failed\" says why.");
            } else if (result == Result.STOPPED) {
                degraded.add("The last reconciliation was stopped because it would have changed too much:"
                        + " run reconcile --dry-run, look at the differences, then run reconcile --force.");
            }
        });
        if (isOverdue()) {
            degraded.add("No automatic reconciliation has finished in time: look at the log, or run reconcile.");
        }
    }

    private boolean isOverdue() {
        return reconcileEvery
                .flatMap(every -> ReconciliationTimer.last(store.runs())
                        .map(last -> last.plus(every).plus(grace(every))))
                .filter(clock.instant()::isAfter)
                .isPresent();
    }

    private static Duration grace(Duration every) {
        Duration half = every.dividedBy(2);
        return half.compareTo(MIN_GRACE) < 0 ? MIN_GRACE : half;
    }
}
