package io.github.consentbridge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Numbers what happens and passes it to everyone who watches, in order. Safe for use by several threads. */
final class LiveFeed {
    private static final String EVENT = "live";
    private static final String STATE = "live-state";

    private final Clock clock;
    private final List<BiConsumer<String, ObjectNode>> listeners = new CopyOnWriteArrayList<>();
    private long last;

    /** Where a token travels. */
    enum Place {
        DIDOMI,
        BRIDGE,
        DYNAMICS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What kind of thing happened; the page shows each with a sign of its own. */
    enum Kind {
        /** A person or staff changed a value. */
        CHANGED,
        /** A system sends a notification. */
        DELIVERY,
        /** The bridge answered it. */
        ACCEPTED,
        /** A notification was dropped on its way. */
        LOST,
        /** The bridge decided which choice stands. */
        DECIDED,
        /** The bridge changed a contact. */
        WRITTEN,
        /** The bridge posted an event to Didomi. */
        POSTED,
        /** Something waits for a system. */
        WAITING,
        /** A request or a delivery failed. */
        FAILED,
        /** The same delivery came again. */
        REPEATED,
        /** What failed works again. */
        RECOVERED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One event.
     *
     * @param to null where nothing travels
     * @param key the person; null if it concerns everyone
     * @param field null if it concerns no single field
     * @param value as the sender holds it; null if it has none
     * @param sentence one plain sentence
     */
    record LiveEvent(
            Kind kind,
            Place from,
            @Nullable Place to,
            @Nullable String key,
            @Nullable String field,
            @Nullable JsonNode value,
            String sentence) {
        LiveEvent(Kind kind, Place from, @Nullable Place to, @Nullable String key, String sentence) {
            this(kind, from, to, key, null, null, sentence);
        }
    }

    LiveFeed(Clock clock) {
        this.clock = clock;
    }

    synchronized void publish(LiveEvent event) {
        Place to = event.to();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("n", ++last)
                .put("at", clock.instant().toString())
                .put("kind", event.kind().word())
                .put("from", event.from().word())
                .put("to", to == null ? null : to.word())
                .put("key", event.key())
                .put("field", event.field());
        json.set("value", event.value());
        send(EVENT, json.put("sentence", event.sentence()));
    }

    /** @param state {@code {"key","didomi":{…},"dynamics":{…}}} */
    synchronized void publishState(ObjectNode state) {
        send(STATE, state);
    }

    private void send(String name, ObjectNode data) {
        listeners.forEach(listener -> listener.accept(name, data));
    }

    /** Closing ends it; a repeat does nothing. */
    AutoCloseable listen(BiConsumer<String, ObjectNode> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
