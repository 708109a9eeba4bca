package io.github.consentbridge.connectors.http;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Says which host gave no answer, why, and which setting names it. */
public final class Unreachable {
    private static final int MAX_CAUSES = 10;

    private Unreachable() {}

    /**
     * One sentence, without the class names of the causes.
     *
     * @param name of the system
     * @param address of the request; only its host and port are told
     * @param setting that holds the address
     */
    public static String sentence(String name, URI address, String setting, Throwable failure) {
        return name + " could not be reached at " + address.getAuthority() + ": " + reason(failure) + "; check "
                + setting + " and the network";
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        String reason = "the connection broke off";
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return "no such host is known";
            } else if (cause instanceof SSLException) {
                return "its certificate or its TLS is not accepted";
            } else if (cause instanceof HttpConnectTimeoutException) {
                return "no connection in time";
            } else if (cause instanceof HttpTimeoutException) {
                reason = "no complete answer in time";
            } else if (cause instanceof ConnectException) {
                reason = "the connection was refused";
            }
        }
        return reason;
    }
}
