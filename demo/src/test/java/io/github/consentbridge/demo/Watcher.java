package io.github.consentbridge.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Waits for events as the page does. */
final class Watcher implements BiConsumer<String, ObjectNode> {
    private static final long SECONDS = 30;

    private final BlockingQueue<ObjectNode> events = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    @Override
    public void accept(String name, ObjectNode data) {
        if (name.equals("live")) {
            events.add(data);
        }
    }

    /** The next event of this kind about this person. */
    ObjectNode await(LiveFeed.Kind kind, String key) throws InterruptedException {
        return await(
                kind + " of " + key,
                event -> event.path("kind").asText().equals(kind.word())
                        && event.path("key").asText().equals(key));
    }

    /** The next event of this kind whose sentence contains this. */
    ObjectNode awaitSentence(LiveFeed.Kind kind, String part) throws InterruptedException {
        return await(
                kind + " with " + part,
                event -> event.path("kind").asText().equals(kind.word())
                        && event.path("sentence").asText().contains(part));
    }

    private ObjectNode await(String wanted, Predicate<ObjectNode> predicate) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (true) {
            ObjectNode event = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw new AssertionError("no " + wanted + " but " + seen);
            }
            seen.add(event.path("kind").asText() + ": " + event.path("sentence").asText());
            if (predicate.test(event)) {
                return event;
            }
        }
    }
}
