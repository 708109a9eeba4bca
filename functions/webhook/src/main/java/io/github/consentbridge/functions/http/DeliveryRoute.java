package io.github.consentbridge.functions.http;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;

/** Takes deliveries: the sender is checked before anything is read, and the body's encoding and size before its text. */
public final class DeliveryRoute implements Route {
    private final SenderCheck sender;
    private final RequestLog log;
    private final Intake intake;

    public DeliveryRoute(SenderCheck sender, RequestLog log, Intake intake) {
        this.sender = sender;
        this.log = log;
        this.intake = intake;
    }

    /** Reads and stores a body whose sender is known. */
    public interface Intake {
        /**
         * Takes one delivery; durable when it is answered with 202.
         *
         * @throws MalformedDeliveryException if it is not what its sender documents
         */
        Answer take(String body, Headers headers) throws MalformedDeliveryException;
    }

    @Override
    public HttpReply answer(APIGatewayV2HTTPEvent request, Headers headers) {
        if (!sender.isSender(headers)) {
            log.refused(Answer.NOT_THE_SENDER);
            return sender.refusal();
        }
        return HttpReply.of(taken(request, headers));
    }

    private Answer taken(APIGatewayV2HTTPEvent request, Headers headers) {
        try {
            return intake.take(RequestBody.of(request, headers), headers);
        } catch (RequestBody.RefusedException e) {
            return log.refused(e.answer());
        } catch (MalformedDeliveryException e) {
            return log.refused(Answer.malformed(String.valueOf(e.getMessage())));
        }
    }
}
