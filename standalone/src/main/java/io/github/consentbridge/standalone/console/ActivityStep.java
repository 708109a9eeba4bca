package io.github.consentbridge.standalone.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The last step of what was counted, for a chart that is already shown. */
final class ActivityStep {
    private static final List<String> GROUPS = List.of("deliveries", "applied", "queue", "propagation");

    private ActivityStep() {}

    /** {@code {"at","deliveries":{…},…}}; empty if nothing is counted. */
    static Optional<ObjectNode> last(JsonNode activity) {
        if (!activity.path("available").asBoolean()) {
            return Optional.empty();
        }
        int steps = activity.at("/deliveries/accepted").size();
        Instant at = Instant.parse(activity.path("from").asText())
                .plusSeconds((steps - 1L) * activity.path("step_seconds").asLong());
        ObjectNode step = JsonNodeFactory.instance.objectNode().put("at", at.toString());
        for (String group : GROUPS) {
            ObjectNode values = step.putObject(group);
            activity.path(group)
                    .properties()
                    .forEach(series ->
                            values.set(series.getKey(), series.getValue().get(steps - 1)));
        }
        return Optional.of(step);
    }
}
