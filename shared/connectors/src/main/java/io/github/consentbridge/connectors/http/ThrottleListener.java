package io.github.consentbridge.connectors.http;

import java.time.Duration;

/** Receives each throttling answer, including those that the client waits out, so that workers share the pause. */
@FunctionalInterface
public interface ThrottleListener {
    /**
     * Called on the calling thread, before any wait; must not throw.
     *
     * @param pause how long to pause the system, from now
     */
    void throttled(RemoteSystem system, Duration pause);

    /** Does nothing. */
    static ThrottleListener none() {
        return (system, pause) -> {};
    }
}
