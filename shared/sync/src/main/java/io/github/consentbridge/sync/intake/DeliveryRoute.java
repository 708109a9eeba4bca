package io.github.consentbridge.sync.intake;

import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.sync.queue.DeliveryTooLargeException;

/** Takes deliveries. The sender is checked first, then the body's encoding and size, and only then is its text read. */
final class DeliveryRoute implements Route {
    private final SenderCheck sender;
    private final RequestLog log;
    private final Intake intake;

    DeliveryRoute(SenderCheck sender, RequestLog log, Intake intake) {
        this.sender = sender;
        this.log = log;
        this.intake = intake;
    }

    /** Reads and stores one side's deliveries, whose sender has been checked. Safe for use by several threads. */
    interface Intake {
        /**
         * Takes one delivery; it is stored durably if the answer is 202.
         *
         * @throws MalformedDeliveryException if it is not what its sender documents
         */
        Answer take(WebhookRequest request, String body) throws MalformedDeliveryException;
    }

    @Override
    public WebhookReply answer(WebhookRequest request) {
        if (!sender.isSender(request)) {
            log.refused(Answer.NOT_THE_SENDER);
            return sender.refusal();
        }
        return WebhookReply.of(take(request));
    }

    private Answer take(WebhookRequest request) {
        try {
            return intake.take(request, request.text());
        } catch (RequestBody.RefusedException e) {
            return log.refused(e.answer());
        } catch (DeliveryTooLargeException e) {
            return log.refused(Answer.TOO_LARGE_TO_QUEUE);
        } catch (MalformedDeliveryException e) {
            return log.refused(Answer.malformed(String.valueOf(e.getMessage())));
        }
    }
}
