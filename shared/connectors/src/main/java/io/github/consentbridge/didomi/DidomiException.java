package io.github.consentbridge.didomi;

import io.github.consentbridge.remote.RemoteException;
import io.github.consentbridge.remote.RemoteFailure;
import io.github.consentbridge.remote.RemoteSystem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call to Didomi failed. */
public final class DidomiException extends RemoteException {
    private static final long serialVersionUID = 1L;

    /** A failure in our own words. */
    public DidomiException(RemoteFailure failure, String message) {
        this(failure, message, "", null);
    }

    /** A failure with Didomi's words and what caused it. */
    public DidomiException(RemoteFailure failure, String message, String detail, @Nullable Throwable cause) {
        super(RemoteSystem.DIDOMI, failure, message, detail, cause);
    }

    @Override
    public DidomiException withRetryAfter(Duration wait) {
        return new DidomiException(failure().withRetryAfter(wait), String.valueOf(getMessage()), detail(), this);
    }
}
