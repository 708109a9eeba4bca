package io.github.consentbridge.standalone.console.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The events of one page, on their way. A page that reads slowly gets only the newest state of each thing, and misses the
 * oldest of the others: what waits is bounded. Safe for use by several threads.
 */
final class EventStream {
    private static final int MAX_WAITING = 500;

    /** A proxy or a browser must not take the stream for dead. */
    private static final long BEAT_MILLISECONDS = TimeUnit.SECONDS.toMillis(15);

    private final Map<String, String> waiting = new LinkedHashMap<>();
    private long numbered;
    private boolean ended;

    /**
     * Adds an event.
     *
     * @param state names the thing whose newest state this is: an older one that still waits is dropped; null for an event
     *     that stands by itself
     */
    synchronized void add(String name, @Nullable String state, String data) {
        String key = state == null ? "#" + numbered++ : name + " " + state;
        waiting.remove(key);
        waiting.put(key, "event: " + name + "\ndata: " + data + "\n\n");
        if (waiting.size() > MAX_WAITING) {
            Iterator<String> keys = waiting.keySet().iterator();
            keys.next();
            keys.remove();
        }
        notifyAll();
    }

    /** Ends the stream after what waits. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Writes events until the stream ends or the page is gone. Blocks. */
    void writeTo(OutputStream out) throws IOException, InterruptedException {
        write(out, "retry: 2000\n\n");
        for (String next = next(); !next.isEmpty(); next = next()) {
            write(out, next);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }

    /** All that waits, or a comment when nothing has come for a while; empty at the end. */
    private synchronized String next() throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BEAT_MILLISECONDS);
        while (waiting.isEmpty() && !ended) {
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            if (left <= 0) {
                return ": still here\n\n";
            }
            wait(left);
        }
        String all = String.join("", waiting.values());
        waiting.clear();
        return all;
    }
}
