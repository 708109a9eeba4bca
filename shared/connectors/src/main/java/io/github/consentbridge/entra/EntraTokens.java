package io.github.consentbridge.entra;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.ClientCredentialParameters;
import com.microsoft.aad.msal4j.ConfidentialClientApplication;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import io.github.consentbridge.dataverse.DataverseEnvironment;
import io.github.consentbridge.remote.HttpTransport;
import io.github.consentbridge.remote.RemoteSettings;
import io.github.consentbridge.remote.Secret;
import io.github.consentbridge.remote.TokenSource;
import java.net.MalformedURLException;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Tokens for one Dataverse environment by client credentials. Keep one per process: the tokens are in its memory.
 * Failures are {@link io.github.consentbridge.dataverse.DataverseException}: refused credentials are permanent and
 * the message says what to correct.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/use-single-tenant-server-server-authentication">
 *     Server-to-server authentication</a>
 */
public final class EntraTokens implements TokenSource {
    private final ConfidentialClientApplication application;
    private final Set<String> scopes;
    private final HttpTransport transport;
    private @Nullable Secret newest;

    /**
     * Nothing is requested yet.
     *
     * @throws IllegalArgumentException if the instance is in no known cloud and no login URL is given
     */
    public EntraTokens(EntraAccess access, DataverseEnvironment environment, RemoteSettings settings) {
        transport = new HttpTransport(settings);
        scopes = Set.of(environment.scope());
        application = application(access, environment, new EntraHttp(transport, settings, access.loginUrl()));
    }

    @Override
    public synchronized Secret token() {
        return acquire(false);
    }

    @Override
    public synchronized Secret tokenInsteadOf(Secret refused) {
        return newest == null || newest.equals(refused) ? acquire(true) : acquire(false);
    }

    /** HTTP requests sent to Entra so far. */
    public long requests() {
        return transport.requests();
    }

    /** The library keeps the tokens and renews those with less than five minutes left. */
    private Secret acquire(boolean skipCache) {
        ClientCredentialParameters parameters =
                ClientCredentialParameters.builder(scopes).skipCache(skipCache).build();
        try {
            IAuthenticationResult result = application.acquireToken(parameters).get();
            Secret token = Secret.of(result.accessToken());
            newest = token;
            return token;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EntraFailures.from(e);
        } catch (ExecutionException e) {
            throw EntraFailures.from(e.getCause() == null ? e : e.getCause());
        }
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
            throw new IllegalArgumentException("tenant_id does not make a login address");
        }
    }
}
