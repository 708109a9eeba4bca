package io.github.consentbridge.connectors.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The details of one failed call.
 *
 * @param kind what can be done about it
 * @param status HTTP status; 0 if there was no readable answer (network, timeout, no token, not sent)
 * @param code the remote system's code, for example {@code 0x80060882}, or one of ours ({@code network}, {@code
 *     unreadable_answer}, {@code paused}); may be empty
 * @param requestId the id that the remote system's support needs; may be empty
 * @param retryAfter how long to pause the system; null if not given
 */
public record RemoteFailure(
        RemoteException.Kind kind,
        int status,
        String code,
        String requestId,
        @Nullable Duration retryAfter) {

    public static RemoteFailure withoutAnswer(RemoteException.Kind kind, String code) {
        return new RemoteFailure(kind, 0, code, "", null);
    }

    public RemoteFailure withRetryAfter(Duration wait) {
        return new RemoteFailure(kind, status, code, requestId, wait);
    }
}
