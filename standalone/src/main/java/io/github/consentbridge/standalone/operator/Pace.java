package io.github.consentbridge.standalone.operator;

import java.util.OptionalDouble;

/** How fast a run reads, and how long it will take. A continued run has read rows before this process began. For one thread. */
public final class Pace {
    private long begun = -1;
    private long readBefore;

    /** Whether a first page has been counted. */
    public boolean hasBegun() {
        return begun >= 0;
    }

    /**
     * Counts the first page.
     *
     * @param nanoTime as {@link System#nanoTime()}
     */
    public void begin(long read, long nanoTime) {
        begun = nanoTime;
        readBefore = read;
    }

    /** Rows a second since the first page. */
    public double perSecond(long read, long nanoTime) {
        return (read - readBefore) * 1e9 / (nanoTime - begun);
    }

    /** The seconds that are left; empty if that is not known. */
    public static OptionalDouble secondsLeft(long read, long expected, double perSecond) {
        return expected > read && perSecond > 0
                ? OptionalDouble.of((expected - read) / perSecond)
                : OptionalDouble.empty();
    }
}
