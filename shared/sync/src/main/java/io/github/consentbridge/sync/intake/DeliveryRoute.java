package io.github.consentbridge.sync.intake;

import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.sync.queue.DeliveryTooLargeException;
import java.util.Optional;

/** Takes deliveries. The sender is checked first, then the body's encoding and size, and only then is the body read. */
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
        Answer take(RequestHead head, String body) throws MalformedDeliveryException;
    }

    @Override
    public int maxBytes() {
        return RequestBody.MAX_BYTES;
    }

    @Override
    public Optional<WebhookReply> refusal(RequestHead head) {
        if (!sender.isSender(head)) {
            log.refused(Answer.NOT_THE_SENDER);
            return Optional.of(sender.refusal());
        }
        return head.refusalOfBody(maxBytes()).map(answer -> WebhookReply.of(log.refused(answer)));
    }

    @Override
    public WebhookReply answer(RequestHead head, RequestBody body) {
        return WebhookReply.of(take(head, body));
    }

    private Answer take(RequestHead head, RequestBody body) {
        try {
            return intake.take(head, body.text());
        } catch (RequestBody.RefusedException e) {
            return log.refused(e.answer());
        } catch (DeliveryTooLargeException e) {
            return log.refused(Answer.TOO_LARGE_TO_QUEUE);
        } catch (MalformedDeliveryException e) {
            return log.refused(Answer.malformed(String.valueOf(e.getMessage())));
        }
    }
}
