package io.github.consentbridge.connectors.http;

import static java.util.Objects.requireNonNull;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** One complete answer, or one part of a batch answer. */
public final class RemoteResponse {
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;
    private final Instant receivedAt;
    private final boolean repeated;

    /** Takes the body without a copy. */
    public RemoteResponse(int status, HttpHeaders headers, byte[] body, Instant receivedAt) {
        this(status, headers, body, receivedAt, false);
    }

    private RemoteResponse(int status, HttpHeaders headers, byte[] body, Instant receivedAt, boolean repeated) {
        this.status = status;
        this.headers = requireNonNull(headers, "headers");
        this.body = requireNonNull(body, "body");
        this.receivedAt = requireNonNull(receivedAt, "receivedAt");
        this.repeated = repeated;
    }

    /** The same answer, to a request that was sent before and failed. */
    RemoteResponse toRepeat() {
        return new RemoteResponse(status, headers, body, receivedAt, true);
    }

    /** Whether the request was sent before and failed: that one may have been carried out nevertheless. */
    public boolean isToRepeat() {
        return repeated;
    }

    public int status() {
        return status;
    }

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** First value of a header, ignoring its case; empty if there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** The body's bytes without a copy: do not change them. */
    public byte[] body() {
        return body;
    }

    /** The body as UTF-8 text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** When the answer was complete, on our clock. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** This answer as a failure, classified by status and with its {@code Retry-After}. */
    public RemoteFailure failure(String code, String requestId) {
        return new RemoteFailure(
                kindOf(status),
                status,
                code,
                requestId,
                RetryAfter.parse(header("Retry-After"), receivedAt).orElse(null));
    }

    private static RemoteException.Kind kindOf(int status) {
        return switch (status) {
            case 401 -> RemoteException.Kind.UNAUTHORIZED;
            case 409, 412 -> RemoteException.Kind.CONFLICT;
            case 429 -> RemoteException.Kind.THROTTLED;
            case 408, 425 -> RemoteException.Kind.UNAVAILABLE;
            default -> status >= 500 ? RemoteException.Kind.UNAVAILABLE : RemoteException.Kind.PERMANENT;
        };
    }

    /** Contains the status and the size only. */
    @Override
    public String toString() {
        return "RemoteResponse[" + status + ", " + body.length + " bytes]";
    }
}
