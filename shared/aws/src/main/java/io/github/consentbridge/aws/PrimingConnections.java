package io.github.consentbridge.aws;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Calls each service once, so that the process has loaded what a call needs, in particular TLS: more than a thousand classes
 * and the trusted authorities. Nothing of a connection outlives it. It is closed, and its TLS session is in a context of its
 * own, so that no later connection can resume it. The calls have no signature and only read: they are refused, and an
 * emulator that does not refuse them stores nothing.
 */
final class PrimingConnections {
    /** AWS answers within milliseconds; a deployment without a network must not wait for long. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(1);

    private PrimingConnections() {}

    /** Does nothing about a service that cannot be reached: the first request then takes longer. */
    static void open(Map<String, String> environment) throws GeneralSecurityException {
        // The context that real calls use reads the trusted authorities when it is first used.
        SSLContext.getDefault();
        TrustManagerFactory authorities = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        authorities.init((@Nullable KeyStore) null);
        TrustManager[] own = authorities.getTrustManagers();
        try (SdkHttpClient http = UrlConnectionHttpClient.builder()
                .connectionTimeout(MAX_WAIT)
                .socketTimeout(MAX_WAIT)
                .tlsTrustManagersProvider(() -> own)
                .build()) {
            AwsClients clients = AwsClients.ofSingleCalls(environment, AnonymousCredentialsProvider.create(), http);
            call(clients.secretsManager());
            call(clients.sqs(), Setting.QUEUE.value(environment));
        }
    }

    private static void call(SecretsManagerClient client) {
        try (client) {
            client.getSecretValue(request -> request.secretId("priming"));
        } catch (SdkException e) {
            // Refused, as it must be.
        }
    }

    private static void call(SqsClient client, String queueUrl) {
        try (client) {
            client.getQueueAttributes(request -> request.queueUrl(queueUrl));
        } catch (SdkException e) {
            // Refused, as it must be.
        }
    }
}
