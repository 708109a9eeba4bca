package io.github.consentbridge.standalone.activity;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a bridge has counted lately, in the form in which the console shows it. */
public final class Activity {
    private static final List<String> NAMES = List.of("deliveries", "applied", "queue", "propagation");

    private Activity() {}

    /** The answer where nothing is counted. */
    public static ObjectNode unavailable(String note) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("available", false).put("note", note);
        node.putNull("from").putNull("step_seconds");
        NAMES.forEach(node::putNull);
        return node;
    }
}
