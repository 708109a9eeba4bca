package io.github.consentbridge.connectors.http;

/**
 * Requests that are not repeated inside the process if the system is unavailable, on the thread that does the work: a
 * record that is known to fail, or is looked for among others, would otherwise cost several requests each time. They are
 * repeated after a refused token and after throttling as all others.
 */
public final class SingleTry {
    private static final ThreadLocal<Boolean> CURRENT = ThreadLocal.withInitial(() -> false);

    private SingleTry() {}

    /** Does this work without such repeats. */
    public static <T, E extends Exception> T during(Deadline.Work<T, E> work) throws E {
        boolean enclosing = CURRENT.get();
        CURRENT.set(true);
        try {
            return work.result();
        } finally {
            CURRENT.set(enclosing);
        }
    }

    static boolean isOn() {
        return CURRENT.get();
    }
}
