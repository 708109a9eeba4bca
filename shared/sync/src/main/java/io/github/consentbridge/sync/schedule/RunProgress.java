package io.github.consentbridge.sync.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.RunStore;
import java.util.Optional;

/**
 * Which part the last scheduled run of a kind has come to.
 *
 * @param number the part that is under way or comes next
 * @param ended whether the run has come to its end
 */
record RunProgress(String run, int number, boolean ended) {
    private static final JsonMapper MAPPER = new JsonMapper();

    static RunProgress at(RunPart part) {
        return new RunProgress(part.run(), part.number(), false);
    }

    static RunProgress endOf(RunPart part) {
        return new RunProgress(part.run(), part.number(), true);
    }

    static Optional<RunProgress> load(RunStore store, ReconciliationRequest request) {
        return store.load(name(request)).map(RunProgress::read);
    }

    private static RunProgress read(String json) {
        try {
            JsonNode node = MAPPER.readTree(json);
            return new RunProgress(
                    node.required("run").asText(),
                    node.required("part").intValue(),
                    node.required("ended").booleanValue());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what we have written ourselves cannot be read", e);
        }
    }

    void save(RunStore store, ReconciliationRequest request) {
        String json = JsonNodeFactory.instance
                .objectNode()
                .put("run", run)
                .put("part", number)
                .put("ended", ended)
                .toString();
        store.save(name(request), json);
    }

    private static String name(ReconciliationRequest request) {
        return "part:" + request.scan().word() + (request.dryRun() ? ":dry" : "");
    }

    /** Whether this part was done before, or another run has taken its place and continues where this one ended. */
    boolean isPast(RunPart part) {
        if (!part.run().equals(run)) {
            return part.number() > 1;
        }
        return ended || number > part.number();
    }
}
