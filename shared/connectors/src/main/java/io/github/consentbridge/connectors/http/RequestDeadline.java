package io.github.consentbridge.connectors.http;

/** Until when requests may run, for each thread. */
final class RequestDeadline {
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
}
