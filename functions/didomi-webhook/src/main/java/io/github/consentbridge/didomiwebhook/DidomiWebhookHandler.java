package io.github.consentbridge.didomiwebhook;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.github.consentbridge.credentials.BridgeSecret.Webhook;
import io.github.consentbridge.credentials.Credentials;
import io.github.consentbridge.credentials.CredentialsException;
import io.github.consentbridge.delivery.DidomiReader;
import io.github.consentbridge.delivery.MalformedDeliveryException;
import io.github.consentbridge.delivery.Reading;
import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.queue.Delivery;
import io.github.consentbridge.queue.DeliveryQueue;
import io.github.consentbridge.settle.Side;
import io.github.consentbridge.storage.StorageException;
import io.github.consentbridge.sync.Journal;
import io.github.consentbridge.sync.Metric;
import io.github.consentbridge.webhook.Answer;
import io.github.consentbridge.webhook.Headers;
import io.github.consentbridge.webhook.RequestBody;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code POST /webhooks/didomi}: checks the sender, reads, stores, and says so. A 2xx is sent only after the
 * delivery is stored or is known to change nothing; whatever else goes wrong on our side is a 503, which Didomi sends
 * again. A repeat is stored again, which is harmless. Safe for use by several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Payload format 2.0</a>
 */
public final class DidomiWebhookHandler implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    /** Where Didomi is told to send its notifications. */
    public static final String PATH = "/webhooks/didomi";

    private final Integration integration;
    private final Credentials credentials;
    private final DeliveryQueue queue;
    private final Journal journal;
    private final Clock clock;
    private final DidomiReader reader;

    public DidomiWebhookHandler(
            Integration integration, Credentials credentials, DeliveryQueue queue, Journal journal, Clock clock) {
        this.integration = integration;
        this.credentials = credentials;
        this.queue = queue;
        this.journal = journal;
        this.clock = clock;
        this.reader = new DidomiReader(integration.mappings());
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent request, Context context) {
        Answer answer = safely(request);
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(answer.status())
                .withHeaders(Map.of("content-type", "application/json"))
                .withBody(answer.body())
                .build();
    }

    private Answer safely(APIGatewayV2HTTPEvent request) {
        try {
            return answer(request);
        } catch (StorageException e) {
            return unavailable("delivery not stored", e);
        } catch (CredentialsException e) {
            return unavailable("credentials", e);
        } catch (RuntimeException e) {
            // The one broad catch: a 500 would be our own fault told to somebody who can only send it again.
            return unavailable("webhook failed", e);
        }
    }

    private Answer unavailable(String outcome, RuntimeException fault) {
        journal.fault(outcome, fault, Map.of("side", "didomi"));
        return Answer.UNAVAILABLE;
    }

    private Answer answer(APIGatewayV2HTTPEvent request) {
        if (!PATH.equals(request.getRawPath())) {
            return Answer.UNKNOWN_PATH;
        }
        RequestContext.@Nullable Http http = request.getRequestContext() == null
                ? null
                : request.getRequestContext().getHttp();
        if (http == null || !"POST".equals(http.getMethod())) {
            return Answer.WRONG_METHOD;
        }
        if (!integration.acceptsDidomiFrom(http.getSourceIp() == null ? "" : http.getSourceIp())) {
            return refused(Answer.FOREIGN_ADDRESS);
        }
        Headers headers = new Headers(request.getHeaders());
        if (!isSender(headers)) {
            return refused(Answer.NOT_THE_SENDER);
        }
        if (!headers.value("content-encoding").orElse("identity").strip().equalsIgnoreCase("identity")) {
            return refused(Answer.ENCODED);
        }
        return take(request.getBody() == null ? "" : request.getBody(), request.getIsBase64Encoded());
    }

    /** Whoever shows a key that we do not know may have it from a rotation that we have not seen yet. */
    private boolean isSender(Headers headers) {
        Optional<Webhook> webhook = credentials.current().didomiWebhook();
        Optional<String> presented = webhook.flatMap(expected -> headers.value(expected.header()));
        if (presented.isEmpty()) {
            return false;
        }
        return webhook.get().accepts(presented.get())
                || credentials
                        .refreshed()
                        .didomiWebhook()
                        .filter(now ->
                                headers.value(now.header()).filter(now::accepts).isPresent())
                        .isPresent();
    }

    private Answer take(String sent, boolean encoded) {
        try {
            String body = RequestBody.decode(sent, encoded);
            Instant receivedAt = clock.instant();
            Reading reading = reader.read(body, "received", receivedAt);
            return reading instanceof Reading.News news
                    ? queued(Delivery.received(Side.DIDOMI, news.person().value(), receivedAt, body), news)
                    : ignored(((Reading.Ignored) reading).reason());
        } catch (RequestBody.RefusedException e) {
            return refused(e.answer());
        } catch (MalformedDeliveryException e) {
            return refused(Answer.malformed(String.valueOf(e.getMessage())));
        }
    }

    private Answer queued(Delivery delivery, Reading.News news) {
        queue.send(List.of(delivery), Duration.ZERO);
        journal.count(Metric.DELIVERIES_ACCEPTED, Side.DYNAMICS, 1);
        journal.tell("delivery queued", news.person(), Map.of("delivery", delivery.id()));
        return Answer.QUEUED;
    }

    private Answer ignored(Reading.Reason reason) {
        journal.count(Metric.DELIVERIES_IGNORED, Side.DYNAMICS, 1);
        journal.tell("delivery ignored", null, Map.of("side", "didomi", "why", reason.text()));
        return Answer.ignored(reason.text());
    }

    private Answer refused(Answer answer) {
        journal.count(Metric.DELIVERIES_REFUSED, Side.DYNAMICS, 1);
        journal.tell(
                "delivery refused", null, Map.of("side", "didomi", "status", answer.status(), "why", answer.reason()));
        return answer;
    }
}
