package io.github.consentbridge.connectors.http;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call to a remote system did not do what it should. One subclass per system. The message says status, code and
 * request id and quotes neither secrets nor what was sent; {@link #detail()} is the remote system's own text.
 *
 * <p>By the time it leaves a client, the quick repeats of {@link RetryPolicy} are used up; the caller's part is to
 * pause the system or to give up the delivery, see {@link #concernsSystem()}.
 */
public abstract class RemoteException extends BridgeException {
    private static final long serialVersionUID = 1L;

    /** What can be done about a failure. */
    public enum Kind {
        /** Too many calls: leave the system alone for {@link RemoteException#retryAfter()}, which is present. */
        THROTTLED,
        /** Network, timeout, 5xx or an unreadable answer: the same call may succeed later. */
        UNAVAILABLE,
        /** 401 in spite of a fresh token. */
        UNAUTHORIZED,
        /** The row has changed or exists already (409, 412): read again, decide again. */
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

    /** The system that failed. */
    public final RemoteSystem system() {
        return system;
    }

    /** All facts of the failure. */
    public final RemoteFailure failure() {
        return failure;
    }

    /** What can be done about it. */
    public final Kind kind() {
        return failure.kind();
    }

    /** HTTP status; 0 when there was no readable answer. */
    public final int status() {
        return failure.status();
    }

    /** The remote system's own code; may be empty. */
    public final String code() {
        return failure.code();
    }

    /** The id under which the remote system knows the call; may be empty. */
    public final String requestId() {
        return failure.requestId();
    }

    /** How long to leave the system alone; present on throttling and outages once they leave a client. */
    public final Optional<Duration> retryAfter() {
        return Optional.ofNullable(failure.retryAfter());
    }

    /** The remote system's own explanation, at most 500 characters, may be empty. It can quote personal data: not for logs. */
    public final String detail() {
        return detail;
    }

    /**
     * Whether every call would fail now, so that the system should be paused and no delivery blamed: throttling,
     * outages, credentials, missing privileges, a wrong address. False means that this one request is at fault.
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

    /** The same failure, with the wait that the caller has to observe. */
    public abstract RemoteException withRetryAfter(Duration wait);
}
