package io.github.consentbridge.functions.didomi;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.github.consentbridge.aws.direct.WebhookDeployment;
import io.github.consentbridge.functions.http.DeliveryRoute;
import io.github.consentbridge.functions.http.HttpApiHandler;
import io.github.consentbridge.functions.http.Priming;
import io.github.consentbridge.functions.http.RequestLog;
import io.github.consentbridge.functions.http.Route;
import io.github.consentbridge.functions.http.SenderCheck;
import io.github.consentbridge.functions.http.WebhookEndpoint;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.DeliveryQueue;
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
    private final OutcomeLog outcomeLog;

    /**
     * The handler of the deployment that the environment names; Lambda calls this.
     *
     * @throws IllegalArgumentException if the environment or the integration document is not complete
     */
    public DidomiWebhookHandler() {
        this(WebhookDeployment.here());
        rehearsal(WebhookDeployment.here()).beforeSnapshot();
    }

    static Priming rehearsal(WebhookDeployment parts) {
        return new Priming(parts, tried -> new DidomiWebhookHandler(tried).endpoint, PATH, SAMPLES);
    }

    DidomiWebhookHandler(WebhookDeployment parts) {
        this(parts.integration(), parts.credentials(), parts.queue(), parts.outcomeLog(), parts.clock());
    }

    public DidomiWebhookHandler(
            Integration integration, Credentials credentials, DeliveryQueue queue, OutcomeLog outcomeLog, Clock clock) {
        this.outcomeLog = outcomeLog;
        RequestLog log = new RequestLog(Side.DIDOMI, outcomeLog);
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
            outcomeLog.flush();
        }
    }
}
