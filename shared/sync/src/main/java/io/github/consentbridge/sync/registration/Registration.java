package io.github.consentbridge.sync.registration;

import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.dataverse.webhook.DataverseWebhooks;
import io.github.consentbridge.connectors.dataverse.webhook.ServiceEndpoint;
import io.github.consentbridge.connectors.didomi.DidomiIntegrations;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.CredentialsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Creates, repairs and removes the webhooks of both systems. Every method may be repeated at any time, also after a failure
 * half way: what is correct stays unchanged.
 *
 * <p>They throw {@link CredentialsException} before any request if the secret is incomplete, {@link RegistrationException}
 * if a system does not allow it, and otherwise {@link RemoteException} if a system
 * does not answer as it should.
 */
public final class Registration {
    private static final String NOT_NEEDED = "No mapping writes to Didomi, so Dynamics needs no webhook.";

    private final Integration integration;
    private final Credentials credentials;
    private final Connections connections;
    private final boolean writes;

    public Registration(Integration integration, Credentials credentials, Connections connections) {
        this(integration, credentials, connections, true);
    }

    private Registration(Integration integration, Credentials credentials, Connections connections, boolean writes) {
        this.integration = integration;
        this.credentials = credentials;
        this.connections = connections;
        this.writes = writes;
    }

    /** Makes both systems call the bridge at this address; Dynamics only if a mapping writes to Didomi. */
    public RegistrationReport register(BridgeUrl url) {
        BridgeSecret secret = credentials.current();
        BridgeSecret.Webhook fromDidomi = fromDidomi(secret);
        ReportBuilder report = new ReportBuilder();
        Optional<DidomiRegistration> didomi = didomi(secret, report);
        if (integration.reachesDidomi()) {
            ServiceEndpoint.Settings endpoint = endpoint(url, secret);
            dynamics(secret, side -> side.register(endpoint, WantedStep.of(integration)), report);
        } else {
            removeIfPossible(secret, report);
        }
        didomi.ifPresentOrElse(
                side -> side.register(url, secret.didomi().orElseThrow().secret()),
                () -> report.byHand(ConsoleSteps.withHeader(url, fromDidomi.header())));
        return report.report();
    }

    /**
     * Repairs what has drifted from {@link #register}, at the registered address; does nothing if there is no registration.
     * Safe to repeat.
     *
     * @throws RegistrationException if a privilege that registering needs is missing
     */
    public RegistrationReport repair() {
        return address().map(this::register).orElseGet(() -> new ReportBuilder().report());
    }

    /**
     * The report that {@link #repair} would give; nothing is written. Safe to repeat.
     *
     * @return empty if there is no registration
     * @throws RegistrationException if a privilege that reading needs is missing
     */
    public Optional<RegistrationReport> drift() {
        Registration readOnly = new Registration(integration, credentials, connections, false);
        return address().map(readOnly::register);
    }

    /**
     * The address that is registered: the one in Dynamics, or the one in Didomi if no mapping writes to Didomi. Reads only.
     *
     * @return empty if there is no registration
     * @throws RegistrationException if it is not one that {@link #register} would accept, or a privilege is missing
     */
    public Optional<BridgeUrl> registeredAddress() {
        return new Registration(integration, credentials, connections, false).address();
    }

    private Optional<BridgeUrl> address() {
        BridgeSecret secret = credentials.current();
        List<String> addresses = new ArrayList<>();
        if (integration.reachesDidomi()) {
            dynamics(secret, side -> addresses.addAll(side.addresses()), new ReportBuilder());
        } else {
            didomi(secret, new ReportBuilder()).ifPresent(side -> addresses.addAll(side.addresses()));
        }
        return addresses.stream()
                .flatMap(address -> ofWebhook(address).stream())
                .findFirst();
    }

    private static Optional<BridgeUrl> ofWebhook(String address) {
        try {
            return BridgeUrl.ofWebhook(address);
        } catch (IllegalArgumentException e) {
            throw RegistrationException.unusable(e);
        }
    }

    /** Removes what {@link #register} created, whatever address it has. */
    public RegistrationReport unregister() {
        BridgeSecret secret = credentials.current();
        ReportBuilder report = new ReportBuilder();
        Optional<DidomiRegistration> didomi = didomi(secret, report);
        if (integration.reachesDidomi()) {
            dynamics(secret, DynamicsRegistration::unregister, report);
        } else {
            removeUnneeded(secret, report);
        }
        didomi.ifPresentOrElse(DidomiRegistration::unregister, () -> report.byHand(ConsoleSteps.removal()));
        return report.report();
    }

    /** Empty if Didomi has no client to log in with: then its API cannot register us. */
    private Optional<DidomiRegistration> didomi(BridgeSecret secret, ReportBuilder report) {
        return secret.didomiWebhook()
                .flatMap(BridgeSecret.Webhook::client)
                .map(client -> new DidomiRegistration(integrations(), client, report));
    }

    private DidomiIntegrations integrations() {
        DidomiIntegrations integrations = connections.didomi().integrations();
        return writes ? integrations : integrations.lookingOn();
    }

    private void dynamics(BridgeSecret secret, Consumer<DynamicsRegistration> work, ReportBuilder report) {
        DataverseWebhooks all = connections.dataverse().webhooks();
        DataverseWebhooks webhooks = writes ? all : all.lookingOn();
        try {
            work.accept(new DynamicsRegistration(webhooks, report));
        } catch (DataverseException failure) {
            String clientId = secret.dynamics().orElseThrow().clientId();
            throw failure.missingPrivilege()
                    .<RuntimeException>map(privilege -> RegistrationException.missing(privilege, clientId, failure))
                    .orElse(failure);
        }
    }

    /**
     * No mapping writes to Didomi, so Dynamics needs no webhook. An earlier one may be left; but without one, the privileges
     * for webhooks should not be needed.
     */
    private void removeUnneeded(BridgeSecret secret, ReportBuilder report) {
        try {
            dynamics(secret, DynamicsRegistration::unregister, report);
            report.unchanged(NOT_NEEDED);
        } catch (RegistrationException missing) {
            report.unchanged(notRemoved(missing));
        }
    }

    /** Registering does not depend on it, so a failure is only reported. */
    private void removeIfPossible(BridgeSecret secret, ReportBuilder report) {
        try {
            removeUnneeded(secret, report);
        } catch (RemoteException failure) {
            report.unchanged(notRemoved(failure));
        }
    }

    private static String notRemoved(BridgeException failure) {
        return NOT_NEEDED + " An earlier one was not looked for or not removed: " + failure.getMessage() + ".";
    }

    private static BridgeSecret.Webhook fromDidomi(BridgeSecret secret) {
        return secret.didomiWebhook()
                .filter(webhook ->
                        webhook.client().isPresent() || !webhook.values().isEmpty())
                .orElseThrow(() -> new CredentialsException("the secret contains no credential for Didomi: add"
                        + " client_id and client_secrets to its webhooks.didomi block"));
    }

    private static ServiceEndpoint.Settings endpoint(BridgeUrl url, BridgeSecret secret) {
        BridgeSecret.Dynamics ourselves = secret.dynamics()
                .orElseThrow(() -> new CredentialsException("the secret has no microsoft-dynamics block: add it with"
                        + " client_id, client_secret, tenant_id and instance"));
        BridgeSecret.Webhook webhook = secret.dynamicsWebhook()
                .filter(found -> !found.values().isEmpty())
                .orElseThrow(() -> new CredentialsException("the secret contains no credential for Dynamics: add values"
                        + " to its webhooks.dynamics block; generate one with: openssl rand -hex 32"));
        Secret value = webhook.values().get(0);
        String mark = SecretMark.of(ourselves.clientSecret(), webhook.header(), value);
        return new ServiceEndpoint.Settings(
                DynamicsRegistration.NAME,
                url.dynamicsWebhook(),
                webhook.header(),
                value,
                DynamicsRegistration.description(mark));
    }
}
