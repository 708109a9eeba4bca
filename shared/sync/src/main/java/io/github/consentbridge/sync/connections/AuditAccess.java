package io.github.consentbridge.sync.connections;

import io.github.consentbridge.connectors.dataverse.audit.ColumnHistory;
import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads audit history, which only sharpens dates: without it everything goes on. If it cannot be read, it is not asked
 * for again for an hour, in this process. Safe for use by several threads.
 */
public final class AuditAccess {
    private static final Duration RETRY_AFTER = Duration.ofHours(1);

    /** With {@link Deadline#TO_STORE_RESULTS}: a slow answer must not hold up what has to be done. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final Connections connections;
    private final Clock clock;
    private @Nullable Unavailable unavailable;

    private record Unavailable(String why, Instant until, boolean reported) {}

    /**
     * The changes of a column. If they are known, so is {@link Connections#applicationUser}, who made some of them.
     *
     * @param history withheld if it cannot be read now
     * @param isNews false if it was known already that the history cannot be read, so that this need not be reported
     */
    public record Answer(ColumnHistory history, boolean isNews) {}

    AuditAccess(Connections connections, Clock clock) {
        this.connections = connections;
        this.clock = clock;
    }

    /**
     * The changes of one column of a contact, at most one request while the history is not available. Safe to repeat.
     *
     * @throws RemoteException if Dataverse throttles us: that concerns every request, so the caller pauses as ever; or if
     *     the time of the caller is over
     */
    public Answer history(UUID contact, String column) {
        Optional<Answer> known = withheld();
        if (known.isPresent()) {
            return known.get();
        }
        Deadline enclosing = Deadline.ofRequests();
        try {
            ColumnHistory history = patience().during(() -> read(contact, column));
            return history instanceof ColumnHistory.Withheld unreadable
                    ? withheld(unreadable.why())
                    : new Answer(history, true);
        } catch (RemoteException failure) {
            return afterFailure(failure, enclosing);
        }
    }

    private ColumnHistory read(UUID contact, String column) {
        // Without it the history is of no use: our own changes could not be told from those of others.
        connections.applicationUser();
        return connections.dataverse().history(contact, column);
    }

    private Answer afterFailure(RemoteException failure, Deadline enclosing) {
        boolean nothingSent = failure.kind() == RemoteException.Kind.THROTTLED && failure.status() == 0;
        if (nothingSent || enclosing.isOver()) {
            throw failure;
        }
        String why = String.valueOf(failure.getMessage());
        if (failure.kind() == RemoteException.Kind.THROTTLED) {
            remember(why);
            throw failure;
        }
        return withheld(why);
    }

    /** Says once that it is news, to whoever asks first. */
    private synchronized Optional<Answer> withheld() {
        @Nullable Unavailable known = unavailable;
        if (known == null || !clock.instant().isBefore(known.until())) {
            return Optional.empty();
        }
        unavailable = new Unavailable(known.why(), known.until(), true);
        return Optional.of(new Answer(new ColumnHistory.Withheld(known.why()), !known.reported()));
    }

    /** Of several threads that failed at the same time the first counts. */
    private synchronized void remember(String why) {
        @Nullable Unavailable known = unavailable;
        if (known == null || !clock.instant().isBefore(known.until())) {
            unavailable = new Unavailable(why, clock.instant().plus(RETRY_AFTER), false);
        }
    }

    private Answer withheld(String why) {
        remember(why);
        return withheld().orElseGet(() -> new Answer(new ColumnHistory.Withheld(why), false));
    }

    private static Deadline patience() {
        long start = System.nanoTime();
        return () -> PATIENCE.minusNanos(System.nanoTime() - start);
    }
}
