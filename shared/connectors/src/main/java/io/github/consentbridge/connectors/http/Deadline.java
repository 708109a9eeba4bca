package io.github.consentbridge.connectors.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How much time is left for some work. {@link #during} bounds the requests and waits of all clients by it, on the
 * thread that does the work: clients live as long as the process, and on one machine several workers, each with a
 * deadline of its own, share them. A deadline belongs to its thread, so no worker can shorten another's, and work that
 * is handed to another thread has to be wrapped there again.
 *
 * <p>A deadline may come closer while a request is under way, as when the process is asked to end: the clients ask
 * again several times a second.
 */
@FunctionalInterface
public interface Deadline {
    /** Kept free at the end of {@link #during}, so that the results of the last request can still be stored. */
    Duration TO_STORE_RESULTS = Duration.ofSeconds(2);

    /** The remaining time; zero or negative after the deadline. */
    Duration remaining();

    /** No deadline: waits are bounded by {@link RetryPolicy#maxWait()} alone. */
    static Deadline none() {
        return () -> Duration.ofDays(1);
    }

    static Deadline at(Instant end, Clock clock) {
        return () -> Duration.between(clock.instant(), end);
    }

    /** The deadline of the clients' requests on this thread; {@link #none()} outside of {@link #during}. */
    static Deadline ofRequests() {
        return RequestDeadline.get();
    }

    default boolean isOver() {
        return remaining().toMillis() <= 0;
    }

    static Deadline earlier(Deadline one, Deadline other) {
        return () -> {
            Duration left = one.remaining();
            Duration othersLeft = other.remaining();
            return left.compareTo(othersLeft) < 0 ? left : othersLeft;
        };
    }

    /**
     * Does this work. Until it ends, requests made on this thread end {@link #TO_STORE_RESULTS} before this deadline,
     * or at the deadline of an enclosing call if that is earlier, and none is sent after that.
     */
    default <T, E extends Exception> T during(Work<T, E> work) throws E {
        return RequestDeadline.during(() -> remaining().minus(TO_STORE_RESULTS), work);
    }

    /**
     * Does this work with an equal share of the time that requests on this thread have left, at least five seconds of it,
     * so that one record without an answer leaves time for the others.
     *
     * @param shares how many works of this kind the time has to suffice for, at least 1
     */
    static <T, E extends Exception> T sharingRequests(int shares, Work<T, E> work) throws E {
        return RequestDeadline.duringShare(shares, work);
    }

    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T result() throws E;
    }
}
