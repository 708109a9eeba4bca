package io.github.consentbridge.didomiwebhook;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.github.consentbridge.credentials.Credentials;
import io.github.consentbridge.credentials.CredentialsException;
import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.queue.DeliveryQueue;
import io.github.consentbridge.storage.StorageException;
import io.github.consentbridge.sync.Facts;
import io.github.consentbridge.sync.Journal;
import io.github.consentbridge.webhook.Answer;
import io.github.consentbridge.webhook.Headers;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code POST /webhooks/didomi}: checks the sender, reads, stores, and says so. A 2xx is sent only after the
 * delivery is stored or is known to change nothing; whatever else goes wrong on our side is a 503, which Didomi sends
 * again. A repeat is stored again, which is harmless. Answers {@code POST /oauth/token} too, where Didomi gets the token
 * that it may show instead of a key. Safe for use by several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Payload format 2.0</a>
 */
public final class DidomiWebhookHandler implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    /** Where Didomi is told to send its notifications. */
    public static final String PATH = "/webhooks/didomi";

    /** Where Didomi is told to get its tokens. */
    public static final String TOKEN_PATH = "/oauth/token";

    private final Integration integration;
    private final Journal journal;
    private final DeliveryIntake deliveries;
    private final TokenEndpoint tokenEndpoint;

    public DidomiWebhookHandler(
            Integration integration, Credentials credentials, DeliveryQueue queue, Journal journal, Clock clock) {
        this.integration = integration;
        this.journal = journal;
        AccessTokens tokens = new AccessTokens(clock);
        SenderCheck sender = new SenderCheck(credentials, tokens);
        this.deliveries = new DeliveryIntake(integration.mappings(), sender, queue, journal, clock);
        this.tokenEndpoint = new TokenEndpoint(credentials, tokens, journal);
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent request, Context context) {
        return safely(request).response();
    }

    private HttpReply safely(APIGatewayV2HTTPEvent request) {
        try {
            return reply(request);
        } catch (StorageException e) {
            return unavailable("delivery not stored", e);
        } catch (CredentialsException e) {
            return unavailable("credentials", e);
        } catch (RuntimeException e) {
            // The one broad catch: a 500 would be our own fault told to somebody who can only send it again.
            return unavailable("webhook failed", e);
        }
    }

    private HttpReply unavailable(String outcome, RuntimeException fault) {
        journal.fault(outcome, fault, Facts.of("side", "didomi"));
        return HttpReply.of(Answer.UNAVAILABLE);
    }

    private HttpReply reply(APIGatewayV2HTTPEvent request) {
        boolean tokenAsked = TOKEN_PATH.equals(request.getRawPath());
        if (!tokenAsked && !PATH.equals(request.getRawPath())) {
            return HttpReply.of(Answer.UNKNOWN_PATH);
        }
        RequestContext.@Nullable Http http = request.getRequestContext() == null
                ? null
                : request.getRequestContext().getHttp();
        if (http == null || !"POST".equals(http.getMethod())) {
            return HttpReply.of(Answer.WRONG_METHOD).with("allow", "POST");
        }
        if (!integration.acceptsDidomiFrom(http.getSourceIp() == null ? "" : http.getSourceIp())) {
            return HttpReply.of(deliveries.refused(Answer.FOREIGN_ADDRESS));
        }
        Headers headers = new Headers(request.getHeaders());
        return tokenAsked ? tokenEndpoint.answer(request, headers) : HttpReply.of(deliveries.take(request, headers));
    }
}
