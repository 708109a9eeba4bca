package io.github.consentbridge.sync.isolation;

import io.github.consentbridge.connectors.http.RemoteException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Decides whether a failure belongs to one record or to a whole system, by what succeeded and failed beside it and in the
 * last minutes. It remembers for this process only: another process comes to the same conclusions from its own requests.
 * Safe for use by several threads.
 *
 * <p>See {@code docs/decisions/whose-failure.md}.
 */
public final class FailureOwnership {
    /** The time in which a failure of most records is one of the system. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** With fewer records tried in that time, a share of them says nothing. */
    private static final int MIN_TRIED = 5;

    /** The longest wait of a failing record, so that a success beside its last try still counts. */
    private static final Duration SUCCESS_COUNTS = Duration.ofMinutes(15);

    /** Codes of ours for requests that were never sent. */
    private static final Set<String> NOT_SENT = Set.of("interrupted", "busy", "paused");

    /** Whose failure it is. */
    public enum Owner {
        /** The record's: it backs off by itself, and the attempt counts. */
        RECORD,
        /** The system's: it is paused, and no attempt counts. */
        SYSTEM,
        /** Not known: several records fail, none succeeds, and the system answers. They wait, and no attempt counts. */
        UNKNOWN
    }

    private static final class Tries {
        private final RecentSuccesses successes = new RecentSuccesses();
        private final FailingRecords failing = new FailingRecords();
    }

    private final Map<Operation, Tries> tries = new EnumMap<>(Operation.class);
    private final Clock clock;

    /** Nothing is known yet. */
    public FailureOwnership(Clock clock) {
        this.clock = clock;
        for (Operation operation : Operation.values()) {
            tries.put(operation, new Tries());
        }
    }

    /** Records a success. */
    public synchronized void succeeded(Operation operation, String record) {
        tries(operation).successes.add(1, clock.instant());
        tries(operation).failing.succeeded(record);
    }

    /** Records a failure; {@link #ownerOf} is asked once all results of the request are recorded. */
    public synchronized void failed(Operation operation, String record, RemoteException failure) {
        if (isJudged(failure)) {
            boolean spoils = operation.failsInBulk() || failure.status() == 0;
            tries(operation).failing.failed(record, spoils, clock.instant());
        }
    }

    /**
     * Whose failure it is.
     *
     * @param besideSuccess whether other records of the same request, or of one that was split, succeeded
     * @param isAnswering asks the system for something harmless of the same kind; used only where it decides
     */
    public Owner ownerOf(
            Operation operation,
            String record,
            RemoteException failure,
            boolean besideSuccess,
            BooleanSupplier isAnswering) {
        if (!isJudged(failure) || isFailingForMost(operation)) {
            return Owner.SYSTEM;
        }
        if (besideSuccess || isProvenAmongSuccesses(operation, record)) {
            prove(operation, record);
            return Owner.RECORD;
        }
        if (!isAnswering.getAsBoolean()) {
            return Owner.SYSTEM;
        }
        return withoutSuccessBeside(operation, record);
    }

    /** Whether a record makes requests fail in which others are, so that it is tried apart from them. */
    public synchronized boolean isTriedApart(String record) {
        return tries.values().stream()
                .flatMap(each -> each.failing.find(record).stream())
                .anyMatch(FailingRecords.Failing::spoilsRequests);
    }

    /** Whether a record is known to fail without making other records' requests fail. */
    public synchronized boolean failsAloneOnly(String record) {
        return !isTriedApart(record)
                && tries.values().stream()
                        .anyMatch(each -> each.failing.find(record).isPresent());
    }

    private static boolean isJudged(RemoteException failure) {
        return failure.canConcernOneRecord() && !NOT_SENT.contains(failure.code());
    }

    private synchronized boolean isFailingForMost(Operation operation) {
        Instant now = clock.instant();
        long failed = tries(operation).failing.unproven(WINDOW, now);
        long succeeded = tries(operation).successes.count(now);
        return failed + succeeded >= MIN_TRIED && failed > succeeded;
    }

    private synchronized boolean isProvenAmongSuccesses(Operation operation, String record) {
        return isProven(operation, record) && tries(operation).successes.isWithin(WINDOW, clock.instant());
    }

    private synchronized boolean isProven(Operation operation, String record) {
        return tries(operation)
                .failing
                .find(record)
                .map(FailingRecords.Failing::proven)
                .orElse(false);
    }

    private synchronized void prove(Operation operation, String record) {
        tries(operation).failing.prove(record);
    }

    /** The system answers, so a single record that fails is at fault; several may be the only ones who are tried. */
    private synchronized Owner withoutSuccessBeside(Operation operation, String record) {
        if (tries(operation).successes.isWithin(SUCCESS_COUNTS, clock.instant())) {
            prove(operation, record);
            return Owner.RECORD;
        }
        return isProven(operation, record) || tries(operation).failing.unproven() <= 1 ? Owner.RECORD : Owner.UNKNOWN;
    }

    private Tries tries(Operation operation) {
        return tries.getOrDefault(operation, new Tries());
    }
}
