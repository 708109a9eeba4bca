package io.github.consentbridge.standalone.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.BiConsumer;

/** Both systems as the page Live shows them, which only the demo has. Safe for use by several threads. */
public interface LiveSystems {
    /** What {@code GET /api/live} answers. */
    ObjectNode state();

    /**
     * Does what {@code POST /api/live/ACTION} asks.
     *
     * @param action {@code choose}, {@code trouble} or {@code reconcile}
     * @throws IllegalArgumentException with one sentence if the request cannot be used
     */
    ObjectNode act(String action, JsonNode request);

    /**
     * Passes on the events {@code live} and {@code live-state} from now on.
     *
     * @param listener takes an event's name and data; must not block
     * @return closing it ends that
     */
    AutoCloseable listen(BiConsumer<String, ObjectNode> listener);
}
