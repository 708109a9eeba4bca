package io.github.consentbridge.standalone.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.BiConsumer;

/** The simulated systems beside a bridge, as the Live page shows and changes them. Implemented by the demo. */
public interface LiveSystems {
    /** What {@code GET /api/live} answers. */
    ObjectNode state();

    /**
     * What {@code POST /api/live/ACTION} does.
     *
     * @param action {@code choose}, {@code trouble} or {@code reconcile}
     * @throws IllegalArgumentException with one sentence if the request makes no sense
     */
    ObjectNode act(String action, JsonNode request);

    /** Passes on the events {@code live} and {@code live-state}; closing what is returned ends it. */
    AutoCloseable listen(BiConsumer<String, ObjectNode> listener);
}
