package io.github.consentbridge.connectors.http;

import java.time.Duration;

/** Is told of each throttling answer, also of those that the client waits out by itself, so that workers share the pause. */
@FunctionalInterface
public interface ThrottleListener {
    /**
     * Called on the calling thread, before any wait; must not throw.
     *
     * @param pause how long the whole system is to be left alone, from now
     */
    void throttled(RemoteSystem system, Duration pause);

    /** Tells nobody. */
    static ThrottleListener none() {
        return (system, pause) -> {};
    }
}
