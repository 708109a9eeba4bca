package io.github.consentbridge.functions.didomi;

import io.github.consentbridge.aws.direct.WebhookDeployment;
import io.github.consentbridge.functions.http.HttpApiHandler;
import io.github.consentbridge.functions.http.Priming;
import io.github.consentbridge.sync.intake.DidomiIntake;
import io.github.consentbridge.sync.intake.WebhookEndpoint;
import io.github.consentbridge.sync.registration.BridgeUrl;
import java.util.List;

/** {@link DidomiIntake} on Lambda. Safe for use by several threads. */
public final class DidomiWebhookHandler extends HttpApiHandler {
    /** An event that is read and changes nothing, and a notification that is stored. */
    static final List<String> SAMPLES = List.of("""
            {"type":"event.created","regulation":"gdpr","parameters":{"entity":{
              "id":"e-1","created_at":"2026-03-01T08:00:00.000Z","status":"confirmed",
              "user":{"id":"u-1","organization_user_id":"nobody"},
              "consents":{"purposes":[{"id":"none","enabled":true}]}}}}""", """
            {"type":"user.deleted","parameters":{"entity":{
              "id":"u-1","organization_user_id":"nobody","updated_at":"2026-03-01T08:00:00.000Z"}}}""");

    /**
     * The handler of the deployment that the environment names; Lambda calls this.
     *
     * @throws IllegalArgumentException if the environment or the integration document is not complete
     */
    public DidomiWebhookHandler() {
        this(WebhookDeployment.here());
        priming(WebhookDeployment.here()).beforeSnapshot();
    }

    /** The handler of this deployment. */
    public DidomiWebhookHandler(WebhookDeployment parts) {
        super(endpoint(parts));
    }

    static Priming priming(WebhookDeployment parts) {
        return new Priming(parts, DidomiWebhookHandler::endpoint, BridgeUrl.DIDOMI_PATH, SAMPLES);
    }

    private static WebhookEndpoint endpoint(WebhookDeployment parts) {
        return DidomiIntake.endpoint(
                parts.integration(), parts.credentials(), parts.queue(), parts.outcomeLog(), parts.clock());
    }
}
