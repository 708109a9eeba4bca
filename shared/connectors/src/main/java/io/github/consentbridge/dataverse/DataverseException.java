package io.github.consentbridge.dataverse;

import io.github.consentbridge.remote.RemoteException;
import io.github.consentbridge.remote.RemoteFailure;
import io.github.consentbridge.remote.RemoteSystem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call to Dataverse, or to Entra on its behalf, failed. */
public final class DataverseException extends RemoteException {
    private static final long serialVersionUID = 1L;

    /** A failure in our own words. */
    public DataverseException(RemoteFailure failure, String message) {
        this(failure, message, "", null);
    }

    /** A failure with Dataverse's words and what caused it. */
    public DataverseException(RemoteFailure failure, String message, String detail, @Nullable Throwable cause) {
        super(RemoteSystem.DATAVERSE, failure, message, detail, cause);
    }

    @Override
    public DataverseException withRetryAfter(Duration wait) {
        return new DataverseException(failure().withRetryAfter(wait), String.valueOf(getMessage()), detail(), this);
    }
}
