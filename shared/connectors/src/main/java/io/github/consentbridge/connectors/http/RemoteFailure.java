package io.github.consentbridge.connectors.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The facts of one failed call.
 *
 * @param kind what can be done about it
 * @param status HTTP status; 0 when there was no readable answer (network, timeout, no token, not sent at all)
 * @param code the remote system's own code, for example {@code 0x80060882}, or one of ours in words
 *     ({@code network}, {@code unreadable_answer}, {@code paused}); may be empty
 * @param requestId what the remote system's support asks for; may be empty
 * @param retryAfter how long to leave the system alone; null when nobody said
 */
public record RemoteFailure(
        RemoteException.Kind kind,
        int status,
        String code,
        String requestId,
        @Nullable Duration retryAfter) {

    /** A failure without an answer from the other side. */
    public static RemoteFailure withoutAnswer(RemoteException.Kind kind, String code) {
        return new RemoteFailure(kind, 0, code, "", null);
    }

    /** The same failure with a wait. */
    public RemoteFailure withRetryAfter(Duration wait) {
        return new RemoteFailure(kind, status, code, requestId, wait);
    }
}
