package io.github.consentbridge.connectors.dataverse.api;

import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteFailure;
import io.github.consentbridge.connectors.http.RemoteResponse;
import io.github.consentbridge.connectors.http.RemoteSystem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A call to Dataverse, or to Entra on its behalf, failed. */
public final class DataverseException extends RemoteException {
    private static final long serialVersionUID = 1L;
    private static final String PRIVILEGE_DENIED = "0x80040220";
    private static final String EXPIRED_VERSION_STAMP = "0x80044352";
    private static final String TRACKING_OFF = "0x80072491";
    /** This message occurs with other codes too. */
    private static final Pattern EXPIRED = Pattern.compile("(?i)version stamp\\b.*\\bhas expired");
    /** Our own code for a saved link that lacks columns. */
    public static final String OTHER_COLUMNS = "other_columns";

    /** Our own code for a link that leads out of the environment. */
    static final String FOREIGN_LINK = "foreign_next_link";

    /** The part of a batch has {@code REQ_ID} only. */
    static final List<String> REQUEST_ID_HEADERS =
            List.of("x-ms-service-request-id", "x-ms-request-id", "REQ_ID", "x-ms-correlation-request-id");

    private static final Pattern PRIVILEGE = Pattern.compile("\\bprv[A-Z][A-Za-z]+\\b");

    /** A failure that we describe ourselves. */
    public DataverseException(RemoteFailure failure, String message) {
        this(failure, message, "", null);
    }

    /** A failure with Dataverse's message and a cause. */
    public DataverseException(RemoteFailure failure, String message, String detail, @Nullable Throwable cause) {
        super(RemoteSystem.DATAVERSE, failure, message, detail, cause);
    }

    /**
     * Converts an answer to a failure with status, code, request id and {@code Retry-After}. The status decides first,
     * then the code, because older parts of Dataverse leave the code empty.
     *
     * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/reference/web-service-error-codes">
     *     Error codes</a>
     */
    public static DataverseException from(RemoteResponse response) {
        ErrorBody error = ErrorBody.of(response);
        RemoteFailure failure = response.failure(error.code(), requestIdOf(response));
        Kind kind = switch (error.code()) {
            case "0x80072322", "0x80072321", "0x80072326" -> Kind.THROTTLED;
            case "0x80044151" -> Kind.UNAVAILABLE; // SQL timeout
            // case "0x80040265" -> Kind.PERMANENT; // a customer's plug-in refused, sometimes with a 500
            default -> isExpired(error.code(), error.message()) ? Kind.PERMANENT : failure.kind();
        };
        RemoteFailure classified =
                new RemoteFailure(kind, failure.status(), failure.code(), failure.requestId(), failure.retryAfter());
        return new DataverseException(classified, describe(classified), error.message(), null);
    }

    /** A 2xx answer that cannot come from Dataverse, for example a proxy's page. */
    public static DataverseException unreadable(RemoteResponse response, String what) {
        RemoteFailure failure = new RemoteFailure(
                Kind.UNAVAILABLE, response.status(), "unreadable_answer", requestIdOf(response), null);
        return new DataverseException(failure, "Dataverse's answer could not be read: " + what);
    }

    @Override
    public DataverseException withRetryAfter(Duration wait) {
        DataverseException copy = new DataverseException(
                failure().withRetryAfter(wait), String.valueOf(getMessage()), detail(), getCause());
        copy.setStackTrace(getStackTrace());
        return copy;
    }

    /**
     * The privilege that the application user lacks, for example {@code prvCreateServiceEndpoint}; empty if another
     * reason failed the call.
     */
    public Optional<String> missingPrivilege() {
        if (!code().equals(PRIVILEGE_DENIED)) {
            return Optional.empty();
        }
        Matcher named = PRIVILEGE.matcher(detail());
        return Optional.of(named.find() ? named.group() : "a privilege that Dataverse does not name");
    }

    /**
     * Whether a saved link is no longer usable: its delta token has expired, by default after seven days, or it does
     * not read all columns that are mapped now. The whole table must be read again.
     *
     * @see <a
     *     href="https://learn.microsoft.com/power-apps/developer/data-platform/use-change-tracking-synchronize-data-external-systems">
     *     Change tracking</a>
     */
    public boolean requiresFullPass() {
        return code().equals(OTHER_COLUMNS) || status() == 410 || isExpired(code(), detail());
    }

    /**
     * Whether a link leads out of the environment, so that our token must not be sent there. Such a link was saved
     * while the secret named another instance, or the answer is malicious.
     */
    public boolean isForeignLink() {
        return code().equals(FOREIGN_LINK);
    }

    /**
     * Whether changes of contacts are not tracked in this environment: read {@link PageSource.ModifiedSince} instead.
     */
    public boolean isChangeTrackingOff() {
        return code().equals(TRACKING_OFF);
    }

    private static boolean isExpired(String code, String message) {
        return code.equals(EXPIRED_VERSION_STAMP) || EXPIRED.matcher(message).find();
    }

    /** The id by which Microsoft's support finds the request; empty if the answer has none. */
    public static String requestIdOf(RemoteResponse response) {
        return REQUEST_ID_HEADERS.stream()
                .map(response::header)
                .filter(id -> !id.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String describe(RemoteFailure failure) {
        String fields = "Dataverse answered " + failure.status()
                + (failure.code().isEmpty() ? "" : " " + failure.code())
                + (failure.requestId().isEmpty() ? "" : " (request " + failure.requestId() + ")");
        return fields + adviceFor(failure);
    }

    private static String adviceFor(RemoteFailure failure) {
        return switch (failure.code()) {
            case "0x80072560" -> ": add the app registration as an application user of this environment";
            case "0x80042f09" -> ": give the application user a security role";
            case PRIVILEGE_DENIED -> ": the application user's security role lacks a privilege";
            case TRACKING_OFF -> ": change tracking is not enabled for contact";
            case EXPIRED_VERSION_STAMP -> ": the delta token has expired; the whole table must be read again";
            case "0x80041103" -> ": a mapped column does not exist on contact";
            default ->
                failure.status() / 100 == 3
                        ? ": a redirect, which is not followed; check the instance address"
                        : failure.status() == 401 ? ": the token was refused; check tenant, client and instance" : "";
        };
    }
}
