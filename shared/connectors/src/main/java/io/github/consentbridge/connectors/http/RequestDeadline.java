package io.github.consentbridge.connectors.http;

import java.time.Duration;

/** Until when requests may run, for each thread. */
final class RequestDeadline {
    /** Less is not enough for a request that gets an answer. */
    private static final Duration MIN_SHARE = Duration.ofSeconds(5);

    private static final ThreadLocal<Deadline> CURRENT = ThreadLocal.withInitial(Deadline::none);

    private RequestDeadline() {}

    static Deadline get() {
        return CURRENT.get();
    }

    static <T, E extends Exception> T during(Deadline deadline, Deadline.Work<T, E> work) throws E {
        Deadline enclosing = CURRENT.get();
        CURRENT.set(Deadline.earlier(enclosing, deadline));
        try {
            return work.result();
        } finally {
            CURRENT.set(enclosing);
        }
    }

    static <T, E extends Exception> T duringShare(int shares, Deadline.Work<T, E> work) throws E {
        Duration equal = CURRENT.get().remaining().dividedBy(shares);
        Duration share = equal.compareTo(MIN_SHARE) < 0 ? MIN_SHARE : equal;
        long start = System.nanoTime();
        return during(() -> share.minusNanos(System.nanoTime() - start), work);
    }
}
