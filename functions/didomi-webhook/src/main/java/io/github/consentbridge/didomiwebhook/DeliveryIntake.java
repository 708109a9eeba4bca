package io.github.consentbridge.didomiwebhook;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import io.github.consentbridge.delivery.DidomiReader;
import io.github.consentbridge.delivery.MalformedDeliveryException;
import io.github.consentbridge.delivery.Reading;
import io.github.consentbridge.mapping.Mapping;
import io.github.consentbridge.queue.Delivery;
import io.github.consentbridge.queue.DeliveryQueue;
import io.github.consentbridge.settle.Side;
import io.github.consentbridge.sync.Facts;
import io.github.consentbridge.sync.Journal;
import io.github.consentbridge.sync.Metric;
import io.github.consentbridge.webhook.Answer;
import io.github.consentbridge.webhook.Headers;
import io.github.consentbridge.webhook.RequestBody;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Stores Didomi's deliveries that may change something. The sender is checked before anything is read. */
final class DeliveryIntake {
    private final DidomiReader reader;
    private final SenderCheck sender;
    private final DeliveryQueue queue;
    private final Journal journal;
    private final Clock clock;

    DeliveryIntake(
            Collection<Mapping> mappings, SenderCheck sender, DeliveryQueue queue, Journal journal, Clock clock) {
        this.reader = new DidomiReader(mappings);
        this.sender = sender;
        this.queue = queue;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Takes one delivery; durable when it is answered with 202.
     *
     * @throws io.github.consentbridge.storage.StorageException if it is not known to be stored
     * @throws io.github.consentbridge.credentials.CredentialsException if it cannot be told who is a sender
     */
    Answer take(APIGatewayV2HTTPEvent request, Headers headers) {
        if (!sender.isDidomi(headers)) {
            return refused(Answer.NOT_THE_SENDER);
        }
        try {
            return read(RequestBody.of(request, headers));
        } catch (RequestBody.RefusedException e) {
            return refused(e.answer());
        } catch (MalformedDeliveryException e) {
            return refused(Answer.malformed(String.valueOf(e.getMessage())));
        }
    }

    private Answer read(String body) throws MalformedDeliveryException {
        Instant receivedAt = clock.instant();
        Reading reading = reader.read(body, "received", receivedAt);
        return reading instanceof Reading.News news
                ? queued(Delivery.received(Side.DIDOMI, news.person().value(), receivedAt, body), news)
                : ignored(((Reading.Ignored) reading).reason());
    }

    private Answer queued(Delivery delivery, Reading.News news) {
        queue.send(List.of(delivery), Duration.ZERO);
        journal.count(Metric.DELIVERIES_ACCEPTED, Side.DYNAMICS, 1);
        journal.tell("delivery queued", news.person(), Facts.of("delivery", delivery.id()));
        return Answer.QUEUED;
    }

    private Answer ignored(Reading.Reason reason) {
        journal.count(Metric.DELIVERIES_IGNORED, Side.DYNAMICS, 1);
        journal.tell("delivery ignored", null, Facts.of("side", "didomi").and("why", reason.text()));
        return Answer.ignored(reason.text());
    }

    /** Counts and tells a refusal, and hands it back. */
    Answer refused(Answer answer) {
        journal.count(Metric.DELIVERIES_REFUSED, Side.DYNAMICS, 1);
        journal.tell(
                "delivery refused",
                null,
                Facts.of("side", "didomi").and("status", answer.status()).and("why", answer.reason()));
        return answer;
    }
}
