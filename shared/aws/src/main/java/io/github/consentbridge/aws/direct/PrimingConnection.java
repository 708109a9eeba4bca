package io.github.consentbridge.aws.direct;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a service once, so that the process has loaded what a connection needs, in particular TLS: more than a
 * thousand classes and the trusted authorities. Nothing of the connection outlives it. It is closed, and its TLS session is
 * in a context of its own, so that no later connection can resume it. The request has no signature and no operation:
 * nothing that answers it, be it an emulator, can take it for a delivery.
 */
final class PrimingConnection {
    /** AWS answers within milliseconds; a deployment without a network must not wait for long. */
    private static final int MAX_WAIT = Math.toIntExact(Duration.ofSeconds(1).toMillis());

    private static final byte[] BODY = {'{', '}'};

    private PrimingConnection() {}

    /** Does nothing if the service cannot be reached: the first request then takes longer. */
    static void open(URI service) {
        try {
            exchange((HttpURLConnection) service.toURL().openConnection());
        } catch (IOException | GeneralSecurityException e) {
            // The snapshot only lacks some classes. Nothing is logged: a version that is being published has no reader.
        }
    }

    private static void exchange(HttpURLConnection connection) throws IOException, GeneralSecurityException {
        if (connection instanceof HttpsURLConnection https) {
            SSLContext own = SSLContext.getInstance("TLS");
            own.init(null, null, null);
            https.setSSLSocketFactory(own.getSocketFactory());
        }
        connection.setConnectTimeout(MAX_WAIT);
        connection.setReadTimeout(MAX_WAIT);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Connection", "close");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(BODY.length);
        connection.getOutputStream().write(BODY);
        connection.getResponseCode();
        try (@Nullable InputStream refusal = connection.getErrorStream()) {
            if (refusal != null) {
                refusal.transferTo(OutputStream.nullOutputStream());
            }
        } finally {
            connection.disconnect();
        }
    }
}
