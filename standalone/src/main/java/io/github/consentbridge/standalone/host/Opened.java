package io.github.consentbridge.standalone.host;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a start has opened so far: if a later step fails, all of it is closed, the last one first. For one thread. */
final class Opened {
    private final Deque<Runnable> ends = new ArrayDeque<>();

    /** Notes how this is closed, and returns it. */
    <T> T add(T opened, Runnable end) {
        ends.push(end);
        return opened;
    }

    /** Closes everything; a failure to close one is noted with the cause and keeps no other open. */
    void closeAfter(RuntimeException cause) {
        while (!ends.isEmpty()) {
            try {
                ends.pop().run();
            } catch (RuntimeException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
