package io.github.consentbridge.sync.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;

/**
 * What one call does of a scheduled run. Its wire form is {@code {"run":"…","part":2,"request":{"scan":"full",…}}}.
 *
 * @param run identifies the run, the same for all its parts
 * @param number 1 for the first part
 */
public record RunPart(String run, int number, ReconciliationRequest request) {
    /** The first part of a new run. */
    public static RunPart first(String run, ReconciliationRequest request) {
        return new RunPart(run, 1, request);
    }

    /**
     * Reads the wire form, or that of a request alone, which begins a run.
     *
     * @param run names the run if the text does not
     * @throws IllegalArgumentException if it is neither
     */
    public static RunPart of(JsonNode json, String run) {
        if (!json.has("run")) {
            return first(run, ReconciliationRequest.of(json));
        }
        JsonNode number = json.path("part");
        if (!json.path("run").isTextual() || !number.isInt() || number.intValue() < 1) {
            throw new IllegalArgumentException(
                    "cannot read the part of a reconciliation: \"run\" must be a text and \"part\" a number from 1");
        }
        return new RunPart(
                json.path("run").textValue(), number.intValue(), ReconciliationRequest.of(json.path("request")));
    }

    /** The wire form. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("run", run).put("part", number);
        return json.set("request", request.json());
    }

    RunPart next() {
        return new RunPart(run, number + 1, request);
    }

    /** Has the lease until a call takes the part on. */
    String ticket() {
        return run + "#" + number;
    }

    /** Has the lease while this call is at work: of two calls with the same part, one gets it. */
    String holder(String call) {
        return ticket() + "/" + call;
    }
}
