package io.github.consentbridge.sync.registration;

import io.github.consentbridge.connectors.didomi.DidomiException;
import io.github.consentbridge.connectors.didomi.DidomiIntegrations;
import io.github.consentbridge.connectors.didomi.WebhookIntegration;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The integration by which Didomi calls us. It is recognized by its path together with its address or its client id:
 * another bridge of the same organization, for example a test stage, has the same path.
 */
final class DidomiRegistration {
    private final DidomiIntegrations integrations;
    private final BridgeSecret.Client client;
    private final ReportBuilder report;

    DidomiRegistration(DidomiIntegrations integrations, BridgeSecret.Client client, ReportBuilder report) {
        this.integrations = integrations;
        this.client = client;
        this.report = report;
    }

    /** The addresses to which our webhooks deliver; empty also if Didomi does not list integrations. */
    List<String> addresses() {
        return mine(listed().orElse(List.of())).stream()
                .map(WebhookIntegration::url)
                .toList();
    }

    private List<WebhookIntegration> mine(List<WebhookIntegration> all) {
        return all.stream()
                .filter(DidomiRegistration::isBridge)
                .filter(integration -> integration.clientId().equals(client.id()))
                .toList();
    }

    /**
     * Ensures that exactly one integration of ours exists and delivers to us.
     *
     * @param apiSecret keys the mark in the token URL: Didomi has no other field that keeps a text of ours
     */
    void register(BridgeUrl url, Secret apiSecret) {
        Secret secret = client.secrets().get(0);
        String tokenUrl = url.tokenEndpoint() + "?registered=" + SecretMark.of(apiSecret, client.id(), secret);
        WebhookIntegration.Settings wanted =
                new WebhookIntegration.Settings(url.didomiWebhook(), tokenUrl, client.id(), secret);
        Optional<List<WebhookIntegration>> listed = listed();
        listed.ifPresentOrElse(all -> settle(all, wanted), () -> report.byHand(ConsoleSteps.withToken(url, client)));
    }

    /** Removes every integration of ours. */
    void unregister() {
        Optional<List<WebhookIntegration>> listed = listed();
        if (listed.isEmpty()) {
            report.byHand(ConsoleSteps.removal());
            return;
        }
        List<WebhookIntegration> ours = mine(listed.get());
        ours.forEach(this::remove);
        if (ours.isEmpty()) {
            report.unchanged("Didomi has no webhook of this bridge.");
        }
    }

    private void settle(List<WebhookIntegration> all, WebhookIntegration.Settings wanted) {
        List<WebhookIntegration> ours = ours(all, wanted);
        Optional<WebhookIntegration> kept = kept(ours, wanted);
        if (kept.isPresent()) {
            repair(kept.get(), wanted);
        } else {
            integrations.create(wanted);
            report.created("Created the webhook in Didomi, which delivers to " + wanted.url() + ".");
            // After a lost answer the client repeats the request, and Didomi may have created two.
            ours = ours(integrations.webhooks(), wanted);
            kept = kept(ours, wanted);
        }
        String keptId = kept.map(WebhookIntegration::id).orElse("");
        ours.stream().filter(integration -> !integration.id().equals(keptId)).forEach(this::remove);
        all.stream()
                .filter(DidomiRegistration::isBridge)
                .filter(integration -> !isOurs(integration, wanted))
                .forEach(this::leave);
    }

    private static Optional<WebhookIntegration> kept(
            List<WebhookIntegration> ours, WebhookIntegration.Settings wanted) {
        return ours.stream()
                .filter(integration -> integration.url().equals(wanted.url()))
                .findFirst()
                .or(() -> ours.stream().findFirst());
    }

    private void repair(WebhookIntegration found, WebhookIntegration.Settings wanted) {
        Optional<String> fault = fault(found, wanted);
        if (fault.isEmpty()) {
            report.unchanged("The webhook in Didomi is as it should be.");
            return;
        }
        integrations.change(found, wanted);
        report.changed("Updated address, client id and client secret of the webhook in Didomi: " + fault.get() + ".");
    }

    private static Optional<String> fault(WebhookIntegration found, WebhookIntegration.Settings wanted) {
        if (!found.url().equals(wanted.url())) {
            return Optional.of("it delivered to " + found.url() + " instead of " + wanted.url());
        }
        if (!found.clientId().equals(wanted.clientId())) {
            return Optional.of("it did not use the client id in the secret");
        }
        return found.tokenUrl().equals(wanted.tokenUrl())
                ? Optional.empty()
                : Optional.of("its token URL or its client secret may be out of date");
    }

    private void remove(WebhookIntegration integration) {
        integrations.delete(integration.id());
        report.removed("Removed a webhook in Didomi, which delivered to " + integration.url() + ".");
    }

    private void leave(WebhookIntegration integration) {
        report.unchanged("Left a webhook in Didomi unchanged that delivers to " + integration.url()
                + ": its address and its client id are not this bridge's. If this bridge used them before, remove the"
                + " webhook in Didomi's Console.");
    }

    /** Empty if Didomi has no such route: listing integrations is not documented. */
    private Optional<List<WebhookIntegration>> listed() {
        try {
            return Optional.of(integrations.webhooks());
        } catch (DidomiException failure) {
            return switch (failure.status()) {
                case 404, 405 -> {
                    report.unchanged("Didomi does not let this API key list integrations (status " + failure.status()
                            + "), so its webhooks were left unchanged.");
                    yield Optional.empty();
                }
                case 403 -> throw RegistrationException.forbidden(failure);
                default -> throw failure;
            };
        }
    }

    private static List<WebhookIntegration> ours(List<WebhookIntegration> all, WebhookIntegration.Settings wanted) {
        return all.stream().filter(integration -> isOurs(integration, wanted)).toList();
    }

    private static boolean isOurs(WebhookIntegration integration, WebhookIntegration.Settings wanted) {
        return integration.url().equals(wanted.url())
                || (isBridge(integration) && integration.clientId().equals(wanted.clientId()));
    }

    private static boolean isBridge(WebhookIntegration integration) {
        try {
            @Nullable String path = new URI(integration.url()).getPath();
            return path != null && path.endsWith(BridgeUrl.DIDOMI_PATH);
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
