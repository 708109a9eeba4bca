package io.github.consentbridge.didomiwebhook;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.github.consentbridge.aws.WebhookDeployment;
import io.github.consentbridge.credentials.BridgeSecret;
import io.github.consentbridge.credentials.Credentials;
import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.queue.DeliveryQueue;
import io.github.consentbridge.settle.Side;
import io.github.consentbridge.sync.Journal;
import io.github.consentbridge.webhook.DeliveryRoute;
import io.github.consentbridge.webhook.HttpApiHandler;
import io.github.consentbridge.webhook.Rehearsal;
import io.github.consentbridge.webhook.RequestLog;
import io.github.consentbridge.webhook.Route;
import io.github.consentbridge.webhook.SenderCheck;
import io.github.consentbridge.webhook.WebhookEndpoint;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Answers {@code POST /webhooks/didomi}: checks the sender, reads, stores, and says so. A 2xx is sent only after the
 * delivery is stored or is known to change nothing; whatever else goes wrong on our side is a 503, which Didomi sends
 * again. A repeat is stored again, which is harmless. Answers {@code POST /oauth/token} too, where Didomi gets the token
 * that it may show instead of a key. Safe for use by several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Payload format 2.0</a>
 */
public final class DidomiWebhookHandler extends HttpApiHandler {
    /** Where Didomi is told to send its notifications. */
    public static final String PATH = "/webhooks/didomi";

    /** Where Didomi is told to get its tokens. */
    public static final String TOKEN_PATH = "/oauth/token";

    /** An event that is read and changes nothing, and a notification that is stored. */
    static final List<String> SAMPLES = List.of("""
            {"type":"event.created","regulation":"gdpr","parameters":{"entity":{
              "id":"e-1","created_at":"2026-03-01T08:00:00.000Z","status":"confirmed",
              "user":{"id":"u-1","organization_user_id":"nobody"},
              "consents":{"purposes":[{"id":"none","enabled":true}]}}}}""", """
            {"type":"user.deleted","parameters":{"entity":{
              "id":"u-1","organization_user_id":"nobody","updated_at":"2026-03-01T08:00:00.000Z"}}}""");

    private final WebhookEndpoint endpoint;
    private final Journal journal;

    /**
     * The handler of the deployment that the environment names; Lambda calls this.
     *
     * @throws IllegalArgumentException if the environment or the integration document is not complete
     */
    public DidomiWebhookHandler() {
        this(WebhookDeployment.here());
        rehearsal(WebhookDeployment.here()).beforeSnapshot();
    }

    static Rehearsal rehearsal(WebhookDeployment parts) {
        return new Rehearsal(parts, tried -> new DidomiWebhookHandler(tried).endpoint, PATH, SAMPLES);
    }

    DidomiWebhookHandler(WebhookDeployment parts) {
        this(parts.integration(), parts.credentials(), parts.queue(), parts.journal(), parts.clock());
    }

    public DidomiWebhookHandler(
            Integration integration, Credentials credentials, DeliveryQueue queue, Journal journal, Clock clock) {
        this.journal = journal;
        RequestLog log = new RequestLog(Side.DIDOMI, journal);
        AccessTokens tokens = new AccessTokens(clock);
        SenderCheck sender = new SenderCheck(credentials, BridgeSecret::didomiWebhook, new BearerProof(tokens));
        DeliveryIntake intake = new DeliveryIntake(integration.mappings(), queue, log, clock);
        Map<String, Route> routes = Map.of(
                PATH, new DeliveryRoute(sender, log, intake), TOKEN_PATH, new TokenEndpoint(credentials, tokens, log));
        this.endpoint = new WebhookEndpoint(log, routes, integration::acceptsDidomiFrom);
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent request, Context context) {
        try {
            return endpoint.answer(request);
        } finally {
            journal.flush();
        }
    }
}
