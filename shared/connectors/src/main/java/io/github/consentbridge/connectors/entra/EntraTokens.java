package io.github.consentbridge.connectors.entra;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import io.github.consentbridge.connectors.dataverse.api.DataverseEnvironment;
import io.github.consentbridge.connectors.http.HttpTransport;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.connectors.http.TokenSource;
import java.net.MalformedURLException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Obtains tokens for one Dataverse environment with client credentials. Keep one per process, because it caches the
 * tokens. Failures are {@link io.github.consentbridge.connectors.dataverse.api.DataverseException}; refused credentials
 * are permanent, and the message says what to correct.
 *
 * @see <a
 *     href="https://learn.microsoft.com/power-apps/developer/data-platform/use-single-tenant-server-server-authentication">
 *     Server-to-server authentication</a>
 */
public final class EntraTokens implements TokenSource {
    private final ConfidentialClientApplication application;
    private final Set<String> scopes;
    private final HttpTransport transport;
    private final EntraHttp http;
    private @Nullable Secret newest;

    /**
     * Requests nothing yet.
     *
     * @throws IllegalArgumentException if the instance belongs to no known cloud and no login URL is given
     */
    public EntraTokens(EntraAccess access, DataverseEnvironment environment, RemoteSettings settings) {
        transport = new HttpTransport(settings);
        scopes = Set.of(environment.scope());
        http = new EntraHttp(transport, access.loginUrl());
        application = application(access, environment, http);
    }

    @Override
    public synchronized Secret token() {
        return acquire(false);
    }

    @Override
    public synchronized Secret tokenInsteadOf(Secret refused) {
        return newest == null || newest.equals(refused) ? acquire(true) : acquire(false);
    }

    public long requests() {
        return transport.requests();
    }

    /** The library caches the tokens and renews them five minutes before they expire. */
    private Secret acquire(boolean skipCache) {
        ClientCredentialParameters parameters =
                ClientCredentialParameters.builder(scopes).skipCache(skipCache).build();
        http.startAttempt();
        try {
            newest = tokenOf(application.acquireToken(parameters).get());
            return newest;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EntraFailures.from(e, null, null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw EntraFailures.from(e.getCause() == null ? e : e.getCause(), http.newest(), http.address());
        }
    }

    /** The library turns any JSON with a 2xx status into a result, possibly one without a token. */
    private static Secret tokenOf(@Nullable IAuthenticationResult result) {
        String token = result == null ? null : result.accessToken();
        if (token == null || !token.matches("[\\x21-\\x7e]+")) {
            throw EntraFailures.noToken();
        }
        return Secret.of(token);
    }

    private static ConfidentialClientApplication application(
            EntraAccess access, DataverseEnvironment environment, EntraHttp http) {
        String authority = "https://" + EntraCloud.loginHostFor(environment.origin(), access.loginUrl()) + "/"
                + access.tenantId() + "/";
        try {
            return ConfidentialClientApplication.builder(
                            access.clientId(),
                            ClientCredentialFactory.createFromSecret(
                                    access.clientSecret().value()))
                    .authority(authority)
                    .instanceDiscovery(false)
                    .httpClient(http)
                    .disableInternalRetries()
                    .executorService(new CallingThread())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("tenant_id does not form a valid login address");
        }
    }
}
