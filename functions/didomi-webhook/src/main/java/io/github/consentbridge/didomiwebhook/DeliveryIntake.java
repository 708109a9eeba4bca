package io.github.consentbridge.didomiwebhook;

import io.github.consentbridge.delivery.DidomiReader;
import io.github.consentbridge.delivery.MalformedDeliveryException;
import io.github.consentbridge.delivery.Reading;
import io.github.consentbridge.mapping.Mapping;
import io.github.consentbridge.queue.Delivery;
import io.github.consentbridge.queue.DeliveryQueue;
import io.github.consentbridge.settle.Side;
import io.github.consentbridge.sync.Facts;
import io.github.consentbridge.webhook.Answer;
import io.github.consentbridge.webhook.DeliveryRoute;
import io.github.consentbridge.webhook.Headers;
import io.github.consentbridge.webhook.RequestLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Stores Didomi's deliveries that may change something. */
final class DeliveryIntake implements DeliveryRoute.Intake {
    private final DidomiReader reader;
    private final DeliveryQueue queue;
    private final RequestLog log;
    private final Clock clock;

    DeliveryIntake(Collection<Mapping> mappings, DeliveryQueue queue, RequestLog log, Clock clock) {
        this.reader = new DidomiReader(mappings);
        this.queue = queue;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public Answer take(String body, Headers headers) throws MalformedDeliveryException {
        Instant receivedAt = clock.instant();
        Reading reading = reader.read(body, "received", receivedAt);
        return reading instanceof Reading.News news
                ? queued(Delivery.received(Side.DIDOMI, news.person().value(), receivedAt, body), news)
                : log.ignored(((Reading.Ignored) reading).reason());
    }

    private Answer queued(Delivery delivery, Reading.News news) {
        queue.send(List.of(delivery), Duration.ZERO);
        return log.queued(news.person(), Facts.of("delivery", delivery.id()));
    }
}
