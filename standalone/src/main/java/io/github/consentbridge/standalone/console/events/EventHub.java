package io.github.consentbridge.standalone.console.events;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.standalone.http.Exchange;
import io.github.consentbridge.standalone.http.WorkerPool;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes events to every page that listens. A page more than {@value #MAX_STREAMS} takes the place of the one that has listened
 * longest, which is most likely gone: nothing else says so before the next write. Safe for use by several threads.
 */
public final class EventHub implements AutoCloseable {
    static final int MAX_STREAMS = 8;

    /** Replaced streams may still be writing to a page that does not read. */
    private static final int MAX_THREADS = 2 * MAX_STREAMS;

    private final Deque<EventStream> streams = new ArrayDeque<>();
    private final WorkerPool threads;

    /** @param busy the answer where there are too many streams */
    public EventHub(WebhookReply busy, OutcomeLog outcomeLog) {
        threads = new WorkerPool("console-events", MAX_THREADS, 1, Duration.ofSeconds(5), busy, outcomeLog);
    }

    /**
     * Answers with events until the page is gone or {@link #endAll} is called.
     *
     * @param head what the answer begins with
     */
    public void serve(Exchange exchange, WebhookReply head) {
        exchange.readBody(0, threads, body -> stream(exchange, head));
    }

    private void stream(Exchange exchange, WebhookReply head) {
        EventStream stream = new EventStream();
        add(stream);
        try (OutputStream out = exchange.stream(head)) {
            stream.writeTo(out);
        } catch (IOException e) {
            // The page is gone.
            stream.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            remove(stream);
        }
    }

    private synchronized void add(EventStream stream) {
        streams.add(stream);
        if (streams.size() > MAX_STREAMS) {
            streams.remove().end();
        }
    }

    private synchronized void remove(EventStream stream) {
        streams.remove(stream);
    }

    private synchronized List<EventStream> listening() {
        return List.copyOf(streams);
    }

    /** Whether a page listens. */
    public synchronized boolean isHeard() {
        return !streams.isEmpty();
    }

    /** How many pages listen, and have from the beginning. */
    synchronized int size() {
        return streams.size();
    }

    /** Passes on an event that stands by itself. */
    public void publish(String name, JsonNode data) {
        publish(name, null, data);
    }

    /**
     * Passes on the newest state of a thing.
     *
     * @param state names the thing; null if the event stands by itself
     */
    public void publish(String name, @Nullable String state, JsonNode data) {
        List<EventStream> all = listening();
        if (!all.isEmpty()) {
            String text = data.toString();
            all.forEach(stream -> stream.add(name, state, text));
        }
    }

    /** Ends all streams. */
    public void endAll() {
        listening().forEach(EventStream::end);
    }

    @Override
    public void close() {
        endAll();
        threads.close();
    }
}
