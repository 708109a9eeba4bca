package io.github.consentbridge.sync.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.json.JsonTree;

/**
 * What became of a request, as its sender learns it.
 *
 * @param status HTTP status; never 429 or 500
 * @param reason a fixed text that repeats nothing of the request; empty if the status says everything
 */
public record Answer(int status, String reason) {
    public static final Answer UNKNOWN_PATH = new Answer(404, "unknown path");
    static final Answer QUEUED = new Answer(202, "");
    static final Answer WRONG_METHOD = new Answer(405, "only POST is answered here");
    static final Answer FOREIGN_ADDRESS = new Answer(403, "this address is not on the allow list");
    static final Answer NOT_THE_SENDER = new Answer(401, "missing or wrong credential");
    static final Answer ENCODED = new Answer(415, "only unencoded bodies are understood");
    static final Answer TOO_LARGE_TO_QUEUE = new Answer(413, "larger than the queue takes");
    static final Answer NOT_TEXT = new Answer(400, "the body is not text in UTF-8");
    static final Answer UNAVAILABLE = new Answer(503, "cannot be stored now, send it again");

    /** @param maxBytes a whole number of KiB */
    static Answer largerThan(int maxBytes) {
        int kibibytes = maxBytes >> 10;
        return new Answer(413, "larger than " + (kibibytes < 1024 ? kibibytes + " KiB" : (kibibytes >> 10) + " MiB"));
    }

    static Answer ignored(String reason) {
        return new Answer(200, reason);
    }

    static Answer malformed(String reason) {
        return new Answer(400, reason);
    }

    String body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("status", word());
        return JsonTree.write(reason.isEmpty() ? body : body.put("reason", reason));
    }

    private String word() {
        return switch (status) {
            case 200 -> "ignored";
            case 202 -> "queued";
            case 503 -> "unavailable";
            default -> "refused";
        };
    }
}
