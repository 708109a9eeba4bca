package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Reply;

/** A refusal in Didomi's error format. */
final class DidomiError extends RuntimeException {
    private final int status;

    DidomiError(int status, String message) {
        super(message);
        this.status = status;
    }

    static DidomiError badRequest(String message) {
        return new DidomiError(400, message);
    }

    static DidomiError notFound(String what) {
        return new DidomiError(404, what + " not found");
    }

    Reply reply() {
        return reply(status, String.valueOf(getMessage()));
    }

    static Reply reply(int status, String message) {
        ObjectNode body = Json.object();
        body.put("code", status);
        body.put("name", name(status));
        body.put("message", message);
        body.putObject("errors");
        return Reply.json(status, body);
    }

    private static String name(int status) {
        return switch (status) {
            case 400 -> "BadRequest";
            case 401 -> "NotAuthenticated";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 405 -> "MethodNotAllowed";
            case 409 -> "Conflict";
            case 429 -> "TooManyRequests";
            case 503 -> "Unavailable";
            default -> "GeneralError";
        };
    }
}
