package io.github.consentbridge.functions.dynamics;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.github.consentbridge.aws.direct.WebhookDeployment;
import io.github.consentbridge.functions.http.Answer;
import io.github.consentbridge.functions.http.DeliveryRoute;
import io.github.consentbridge.functions.http.Headers;
import io.github.consentbridge.functions.http.HttpApiHandler;
import io.github.consentbridge.functions.http.Priming;
import io.github.consentbridge.functions.http.RequestLog;
import io.github.consentbridge.functions.http.SenderCheck;
import io.github.consentbridge.functions.http.WebhookEndpoint;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.delivery.ContactChange;
import io.github.consentbridge.mapping.delivery.ContactReading;
import io.github.consentbridge.mapping.delivery.DynamicsReader;
import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code POST /webhooks/dynamics}: checks the sender, reads, stores, and says so. A 2xx is sent only after the
 * delivery is stored or is known to change nothing; whatever else goes wrong on our side is a 503, the one answer of ours
 * that Dataverse sends again (once; never a 429 or a 500). A repeat is stored again, which is harmless. Safe for use by
 * several threads.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/use-webhooks">Use webhooks</a>
 */
public final class DynamicsWebhookHandler extends HttpApiHandler {
    /** Where Dataverse is told to send its notifications. */
    public static final String PATH = "/webhooks/dynamics";

    /** Present where Dataverse left the columns out, because with them the body would be above 256 KB. */
    private static final String STRIPPED = "x-ms-dynamics-msg-size-exceeded";

    /** A contact's activation: it is stored whatever the mapping is. */
    static final List<String> SAMPLES = List.of("""
            {"MessageName":"Update","PrimaryEntityName":"contact",
             "PrimaryEntityId":"00000000-0000-0000-0000-000000000001",
             "CorrelationId":"00000000-0000-0000-0000-000000000002",
             "InitiatingUserId":"00000000-0000-0000-0000-000000000003","OperationCreatedOn":"/Date(1772352000000)/",
             "InputParameters":[{"key":"Target","value":{
               "__type":"Entity:http://schemas.microsoft.com/xrm/2011/Contracts",
               "Id":"00000000-0000-0000-0000-000000000001","LogicalName":"contact","Attributes":[
                 {"key":"modifiedon","value":"/Date(1772352000000)/"},
                 {"key":"statecode","value":{
                   "__type":"OptionSetValue:http://schemas.microsoft.com/xrm/2011/Contracts","Value":0}}]}}],
             "PreEntityImages":[],"PostEntityImages":[]}""");

    private final DeliveryQueue queue;
    private final RequestLog log;
    private final Clock clock;
    private final DynamicsReader reader;
    private final WebhookEndpoint endpoint;
    private final OutcomeLog outcomeLog;

    /**
     * The handler of the deployment that the environment names; Lambda calls this.
     *
     * @throws IllegalArgumentException if the environment or the integration document is not complete
     */
    public DynamicsWebhookHandler() {
        this(WebhookDeployment.here());
        rehearsal(WebhookDeployment.here()).beforeSnapshot();
    }

    static Priming rehearsal(WebhookDeployment parts) {
        return new Priming(parts, tried -> new DynamicsWebhookHandler(tried).endpoint, PATH, SAMPLES);
    }

    DynamicsWebhookHandler(WebhookDeployment parts) {
        this(parts.integration(), parts.credentials(), parts.queue(), parts.outcomeLog(), parts.clock());
    }

    public DynamicsWebhookHandler(
            Integration integration, Credentials credentials, DeliveryQueue queue, OutcomeLog outcomeLog, Clock clock) {
        this.queue = queue;
        this.outcomeLog = outcomeLog;
        this.log = new RequestLog(Side.DYNAMICS, outcomeLog);
        this.clock = clock;
        this.reader = new DynamicsReader(integration);
        SenderCheck sender = new SenderCheck(credentials, BridgeSecret::dynamicsWebhook);
        this.endpoint = new WebhookEndpoint(log, Map.of(PATH, new DeliveryRoute(sender, log, this::take)));
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent request, Context context) {
        try {
            return endpoint.answer(request);
        } finally {
            outcomeLog.flush();
        }
    }

    private Answer take(String body, Headers headers) throws MalformedDeliveryException {
        ContactReading reading = reader.read(body);
        return reading instanceof ContactChange change
                ? queued(change, body, headers.value(STRIPPED).isPresent())
                : log.ignored(((ContactReading.Ignored) reading).reason());
    }

    private Answer queued(ContactChange change, String body, boolean stripped) {
        @Nullable String key = change.key();
        Delivery delivery = Delivery.received(Side.DYNAMICS, key == null ? "" : key, clock.instant(), body);
        queue.send(List.of(delivery), Duration.ZERO);
        LogFields fields = LogFields.of("delivery", delivery.id())
                .and("request", change.correlationId())
                .and("stripped", stripped);
        return log.queued(key == null ? null : new OrganizationUserId(key), fields);
    }
}
