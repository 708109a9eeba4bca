package io.github.consentbridge.sync.connections;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.WhoAmI;
import io.github.consentbridge.connectors.dataverse.api.DataverseEnvironment;
import io.github.consentbridge.connectors.didomi.DidomiAccess;
import io.github.consentbridge.connectors.didomi.DidomiClient;
import io.github.consentbridge.connectors.entra.EntraAccess;
import io.github.consentbridge.connectors.entra.EntraTokens;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.connectors.http.SingleTry;
import io.github.consentbridge.mapping.delivery.BridgeIdentity;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.CredentialsException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The clients of both systems, built when first needed and again when the secret has changed. Safe for use by several
 * threads.
 */
public final class Connections {
    private final Integration integration;
    private final Credentials credentials;
    private final Endpoints endpoints;
    private final RemoteSettings settings;

    private final AuditAccess audit;

    private @Nullable BridgeSecret built;
    private @Nullable DataverseClient dataverse;
    private @Nullable DidomiClient didomi;

    /** Sent by clients that a new secret has replaced. */
    private long formerToDataverse;

    private long formerToDidomi;
    private volatile @Nullable Known known;

    /** Who we are in Dataverse; another secret may name another user or environment. */
    private record Known(DataverseClient client, WhoAmI whoAmI) {}

    public Connections(Integration integration, Credentials credentials, Endpoints endpoints, RemoteSettings settings) {
        this.integration = integration;
        this.credentials = credentials;
        this.endpoints = endpoints;
        this.settings = settings;
        this.audit = new AuditAccess(this, settings.clock());
    }

    /** Audit history, which may not be available. */
    public AuditAccess audit() {
        return audit;
    }

    /** Throws a {@link CredentialsException} if the secret names no app registration. */
    public synchronized DataverseClient dataverse() {
        BridgeSecret secret = latest(credentials.current());
        if (dataverse == null) {
            dataverse = dataverse(
                    secret.dynamics()
                            .orElseThrow(
                                    () -> new CredentialsException(
                                            "the secret has no block microsoft-dynamics: add client_id, client_secret, tenant_id, instance")));
        }
        return dataverse;
    }

    private DataverseClient dataverse(BridgeSecret.Dynamics dynamics) {
        try {
            DataverseEnvironment environment = DataverseEnvironment.parse(dynamics.instance());
            EntraAccess access = new EntraAccess(
                    dynamics.tenantId(), dynamics.clientId(), dynamics.clientSecret(), endpoints.entraLogin());
            return new DataverseClient(environment, new EntraTokens(access, environment, settings), settings);
        } catch (IllegalArgumentException e) {
            // One sentence that names the setting: mistyped, but of the right form, so that reading the secret let it
            // pass.
            throw new CredentialsException(
                    "the secret's block microsoft-dynamics cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * The application user that we write as, and the environment's organization: asked for once per client.
     *
     * @throws RemoteException if Dataverse does not say it
     * @throws CredentialsException if the secret names no app registration
     */
    public WhoAmI whoAmI() {
        DataverseClient client = dataverse();
        @Nullable Known latest = known;
        if (latest == null || latest.client() != client) {
            latest = new Known(client, client.whoAmI());
            known = latest;
        }
        return latest.whoAmI();
    }

    /** The application user that we write as; it throws what {@link #whoAmI} throws. */
    public UUID applicationUser() {
        return whoAmI().userId();
    }

    /** Who we are, for those who read deliveries and events; it throws what {@link #whoAmI} throws. */
    public BridgeIdentity identity() {
        return new BridgeIdentity() {
            @Override
            public Optional<String> didomiOrganization() {
                return integration
                        .organizationId()
                        .or(() -> credentials.current().organizationId());
            }

            @Override
            public Optional<UUID> environment() {
                return Optional.of(whoAmI().organizationId());
            }
        };
    }

    /** Throws a {@link CredentialsException} if the secret names no API key, or nothing names the organization. */
    public synchronized DidomiClient didomi() {
        BridgeSecret secret = latest(credentials.current());
        if (didomi == null) {
            BridgeSecret.Didomi key = secret.didomi()
                    .orElseThrow(() -> new CredentialsException(
                            "the secret has no block didomi: add the key and the secret of a private API key"));
            String organization = integration
                    .organizationId()
                    .or(secret::organizationId)
                    .orElseThrow(() -> new CredentialsException(
                            "nothing names the Didomi organization: set properties.organization_id"));
            didomi = new DidomiClient(
                    new DidomiAccess(endpoints.didomiApi(), organization, key.key(), key.secret()), settings);
        }
        return didomi;
    }

    /**
     * Reads the secret again if a peer refused what we showed it.
     *
     * @return whether it has changed, so that another try makes sense at once; a secret that cannot be read now has not
     */
    public synchronized boolean refreshAfter(RemoteException failure) {
        @Nullable BridgeSecret before = built;
        try {
            return concernsCredentials(failure)
                    && !latest(credentials.refreshed()).equals(before);
        } catch (CredentialsException e) {
            // The peer's refusal stands, and the credentials have reported why they cannot be read.
            return false;
        }
    }

    /**
     * Asks a system something harmless, once.
     *
     * @throws RemoteException if it does not answer, asks us to wait, or refuses the credentials
     * @throws CredentialsException if the secret has none for it
     */
    public void probe(RemoteSystem system) {
        SingleTry.during(() -> {
            switch (system) {
                case DIDOMI -> didomi().probe().events();
                case DATAVERSE -> dataverse().whoAmI();
            }
            return true;
        });
    }

    /** Ends the pause of a system's client, after the pause that all workers share was lifted. */
    public synchronized void endPause(RemoteSystem system) {
        switch (system) {
            case DIDOMI -> Optional.ofNullable(didomi).ifPresent(DidomiClient::endPause);
            case DATAVERSE -> Optional.ofNullable(dataverse).ifPresent(DataverseClient::endPause);
        }
    }

    /** Where a system is, and which setting says so, for people. */
    public String address(RemoteSystem system) {
        if (system == RemoteSystem.DIDOMI) {
            return endpoints.didomiApi() + " (DIDOMI_API_URL)";
        }
        String login = endpoints.entraLogin() == null
                ? ""
                : ", with tokens from " + endpoints.entraLogin() + " (ENTRA_LOGIN_URL)";
        return credentials
                        .current()
                        .dynamics()
                        .map(BridgeSecret.Dynamics::instance)
                        .orElse("Dataverse")
                + " (microsoft-dynamics.instance)" + login;
    }

    /** HTTP requests sent to Dataverse so far, repeats included. */
    public synchronized long requestsToDataverse() {
        return formerToDataverse + (dataverse == null ? 0 : dataverse.requests());
    }

    /** HTTP requests sent to Didomi so far, repeats included. */
    public synchronized long requestsToDidomi() {
        return formerToDidomi + (didomi == null ? 0 : didomi.requests());
    }

    private static boolean concernsCredentials(RemoteException failure) {
        return failure.concernsSystem()
                && (failure.kind() == RemoteException.Kind.UNAUTHORIZED
                        || failure.kind() == RemoteException.Kind.PERMANENT);
    }

    private BridgeSecret latest(BridgeSecret secret) {
        if (!secret.equals(built)) {
            built = secret;
            formerToDataverse = requestsToDataverse();
            formerToDidomi = requestsToDidomi();
            dataverse = null;
            didomi = null;
        }
        return secret;
    }
}
