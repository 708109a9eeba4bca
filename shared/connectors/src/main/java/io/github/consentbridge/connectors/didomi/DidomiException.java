package io.github.consentbridge.connectors.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteFailure;
import io.github.consentbridge.connectors.http.RemoteResponse;
import io.github.consentbridge.connectors.http.RemoteSystem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call to Didomi failed. */
public final class DidomiException extends RemoteException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_DETAIL = 500;

    /** A failure that we describe ourselves. */
    public DidomiException(RemoteFailure failure, String message) {
        this(failure, message, "", null);
    }

    /** A failure with Didomi's message and a cause. */
    public DidomiException(RemoteFailure failure, String message, String detail, @Nullable Throwable cause) {
        super(RemoteSystem.DIDOMI, failure, message, detail, cause);
    }

    /**
     * Converts an answer to a failure with status, {@code name} as code, and {@code Retry-After}.
     *
     * @see <a href="https://developers.didomi.io/api-and-platform/introduction/errors">Errors</a>
     */
    public static DidomiException from(RemoteResponse response) {
        JsonNode error = DidomiJson.tryRead(response.body());
        String name = error.path("name").asText("");
        RemoteFailure failure =
                response.failure(name.matches("[A-Za-z0-9_. -]{1,64}") ? name : "", response.header("x-request-id"));
        String advice = switch (response.status()) {
            case 301, 302, 307, 308 -> ": a redirect, which is not followed; check the API address";
            case 401 -> ": the session token was refused";
            case 403 -> ": the API key belongs to another organisation or lacks the permission";
            default -> "";
        };
        String message = "Didomi answered " + response.status() + advice;
        return new DidomiException(
                failure, message, shortened(error.path("message").asText("")), null);
    }

    /** A 2xx answer that cannot come from Didomi, for example a proxy's page. */
    static DidomiException unreadable(RemoteResponse response, String what) {
        RemoteFailure failure = new RemoteFailure(
                Kind.UNAVAILABLE, response.status(), "unreadable_answer", response.header("x-request-id"), null);
        return new DidomiException(failure, "Didomi's answer could not be read: " + what);
    }

    @Override
    public DidomiException withRetryAfter(Duration wait) {
        DidomiException copy =
                new DidomiException(failure().withRetryAfter(wait), String.valueOf(getMessage()), detail(), getCause());
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    private static String shortened(String message) {
        return message.length() <= MAX_DETAIL ? message : message.substring(0, MAX_DETAIL);
    }
}
