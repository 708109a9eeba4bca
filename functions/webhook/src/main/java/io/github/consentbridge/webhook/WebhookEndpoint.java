package io.github.consentbridge.webhook;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.github.consentbridge.credentials.CredentialsException;
import io.github.consentbridge.delivery.MalformedDeliveryException;
import io.github.consentbridge.settle.Side;
import io.github.consentbridge.storage.StorageException;
import io.github.consentbridge.sync.Journal;
import io.github.consentbridge.sync.Metric;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One address that a sender calls: checks path, method, sender and body before anything is read, and turns whatever goes
 * wrong on our side into a 503, which is sent again. Safe for use by several threads.
 */
public final class WebhookEndpoint {
    private static final String TYPE = "content-type";
    private static final String JSON = "application/json";

    private final String path;
    private final Side from;
    private final HeaderCheck sender;
    private final Journal journal;

    /**
     * An endpoint for the deliveries of one side.
     *
     * @param from whose deliveries arrive here
     */
    public WebhookEndpoint(String path, Side from, HeaderCheck sender, Journal journal) {
        this.path = path;
        this.from = from;
        this.sender = sender;
        this.journal = journal;
    }

    /** Reads and stores a body whose sender is known. */
    public interface Intake {
        Answer take(String body, Headers headers) throws MalformedDeliveryException;
    }

    /** Answers a request; never throws. */
    public APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent request, Intake intake) {
        Answer answer = safely(request, intake);
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(answer.status())
                .withHeaders(
                        answer.equals(Answer.WRONG_METHOD) ? Map.of(TYPE, JSON, "allow", "POST") : Map.of(TYPE, JSON))
                .withBody(answer.body())
                .build();
    }

    private Answer safely(APIGatewayV2HTTPEvent request, Intake intake) {
        try {
            return checked(request, intake);
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
        journal.fault(outcome, fault, Map.of("side", side()));
        return Answer.UNAVAILABLE;
    }

    private Answer checked(APIGatewayV2HTTPEvent request, Intake intake) {
        if (!path.equals(request.getRawPath())) {
            return Answer.UNKNOWN_PATH;
        }
        if (!isPost(request.getRequestContext())) {
            return Answer.WRONG_METHOD;
        }
        Headers headers = new Headers(request.getHeaders());
        if (!sender.isSender(headers)) {
            return refused(Answer.NOT_THE_SENDER);
        }
        return taken(request, headers, intake);
    }

    private static boolean isPost(@Nullable RequestContext context) {
        return context != null
                && context.getHttp() != null
                && "POST".equals(context.getHttp().getMethod());
    }

    private Answer taken(APIGatewayV2HTTPEvent request, Headers headers, Intake intake) {
        try {
            return intake.take(RequestBody.of(request, headers), headers);
        } catch (RequestBody.RefusedException e) {
            return refused(e.answer());
        } catch (MalformedDeliveryException e) {
            return refused(Answer.malformed(String.valueOf(e.getMessage())));
        }
    }

    private Answer refused(Answer answer) {
        Side towards = from == Side.DIDOMI ? Side.DYNAMICS : Side.DIDOMI;
        journal.count(Metric.DELIVERIES_REFUSED, towards, 1);
        journal.tell(
                "delivery refused", null, Map.of("side", side(), "status", answer.status(), "why", answer.reason()));
        return answer;
    }

    private String side() {
        return from.name().toLowerCase(Locale.ROOT);
    }
}
