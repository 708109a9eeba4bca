package io.github.consentbridge.functions.didomi;

import io.github.consentbridge.functions.http.Answer;
import io.github.consentbridge.functions.http.DeliveryRoute;
import io.github.consentbridge.functions.http.Headers;
import io.github.consentbridge.functions.http.RequestLog;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.delivery.DidomiReader;
import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.delivery.Reading;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryQueue;
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
        return log.queued(news.person(), LogFields.of("delivery", delivery.id()));
    }
}
