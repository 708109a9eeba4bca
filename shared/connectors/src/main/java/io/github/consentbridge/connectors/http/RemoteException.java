package io.github.consentbridge.connectors.http;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call to a remote system failed. There is one subclass per system. The message contains status, code and request id,
 * but no secrets and nothing of the request; {@link #detail()} is the remote system's own text.
 *
 * <p>When a client throws it, the retries of {@link RetryPolicy} are used up. The caller then pauses the system or
 * gives up the delivery, see {@link #concernsSystem()}.
 */
public abstract class RemoteException extends BridgeException {
    private static final long serialVersionUID = 1L;

    /** What can be done about a failure. */
    public enum Kind {
        /** Too many calls: pause the system for {@link RemoteException#retryAfter()}, which is present. */
        THROTTLED,
        /** Network, timeout, 5xx or an unreadable answer: the same call may succeed later. */
        UNAVAILABLE,
        /** 401 with a fresh token. */
        UNAUTHORIZED,
        /** The row has changed or already exists (409, 412): read it and decide again. */
        CONFLICT,
        /** The same call will fail again. */
        PERMANENT
    }

    private final RemoteSystem system;
    private final transient RemoteFailure failure;
    private final String detail;

    protected RemoteException(
            RemoteSystem system, RemoteFailure failure, String message, String detail, @Nullable Throwable cause) {
        super(ExitCode.FAILURE, message, cause);
        this.system = system;
        this.failure = failure;
        this.detail = detail;
    }

    public final RemoteSystem system() {
        return system;
    }

    public final RemoteFailure failure() {
        return failure;
    }

    public final Kind kind() {
        return failure.kind();
    }

    /** HTTP status; 0 if there was no readable answer. */
    public final int status() {
        return failure.status();
    }

    /** The remote system's own code; may be empty. */
    public final String code() {
        return failure.code();
    }

    /** The remote system's id of the call; may be empty. */
    public final String requestId() {
        return failure.requestId();
    }

    /** How long to pause the system; present on throttling and on outages that a client throws. */
    public final Optional<Duration> retryAfter() {
        return Optional.ofNullable(failure.retryAfter());
    }

    /**
     * The remote system's own explanation, at most 500 characters, may be empty. It can quote personal data and must
     * not be logged.
     */
    public final String detail() {
        return detail;
    }

    /**
     * Whether every call would fail now, so that the system should be paused and no attempt counted: throttling,
     * outages, credentials, missing privileges, a wrong address. False means that only this request is at fault.
     */
    public final boolean concernsSystem() {
        return switch (kind()) {
            case THROTTLED, UNAVAILABLE, UNAUTHORIZED -> true;
            case CONFLICT -> false;
            case PERMANENT ->
                switch (status()) {
                    case 400, 405, 409, 410, 412, 413, 414, 415, 422, 431, 500 -> false;
                    default -> true;
                };
        };
    }

    /**
     * Whether a single element of a bulk request can be the reason: the server failed, did not answer, or refused the
     * content. Throttling, credentials and missing privileges concern all of them.
     */
    public boolean canConcernOneRecord() {
        return kind() == Kind.UNAVAILABLE || !concernsSystem();
    }

    /** The same failure with the wait that the caller must observe. */
    public abstract RemoteException withRetryAfter(Duration wait);
}
