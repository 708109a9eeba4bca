package io.github.consentbridge.sync.intake;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.delivery.BridgeIdentity;
import io.github.consentbridge.mapping.delivery.DidomiReader;
import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.delivery.Reading;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.intake.token.AccessTokens;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.registration.BridgeUrl;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores those of Didomi's deliveries that may change something. */
public final class DidomiIntake implements DeliveryRoute.Intake {
    private final DidomiReader reader;
    private final DeliveryQueue queue;
    private final RequestLog log;
    private final Clock clock;

    private DidomiIntake(
            Integration integration, Credentials credentials, DeliveryQueue queue, RequestLog log, Clock clock) {
        // Dataverse is not asked which environment is ours, so the worker tells which events are our own.
        this.reader =
                new DidomiReader(integration, BridgeIdentity.ofDidomi(() -> organization(integration, credentials)));
        this.queue = queue;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Answers {@code POST /webhooks/didomi}, and {@code POST /oauth/token}, which issues the token that Didomi may send
     * instead of a key. A delivery gets a 2xx only after it is stored or is known to change nothing; every failure on our
     * side is a 503, which Didomi retries. A repeat is stored again, which is harmless.
     */
    public static WebhookEndpoint endpoint(
            Integration integration, Credentials credentials, DeliveryQueue queue, OutcomeLog outcomeLog, Clock clock) {
        RequestLog log = new RequestLog(Side.DIDOMI, outcomeLog);
        AccessTokens tokens = new AccessTokens(clock);
        SenderCheck sender = new SenderCheck(credentials, BridgeSecret::didomiWebhook, new BearerProof(tokens));
        Map<String, Route> routes = Map.of(
                BridgeUrl.DIDOMI_PATH,
                new DeliveryRoute(sender, log, new DidomiIntake(integration, credentials, queue, log, clock)),
                BridgeUrl.TOKEN_PATH,
                new TokenEndpoint(credentials, tokens, log));
        Proxies proxies = Proxies.named(integration.trustedProxies());
        return new WebhookEndpoint(log, routes, head -> integration.acceptsDidomiFrom(proxies.sender(head)));
    }

    private static Optional<String> organization(Integration integration, Credentials credentials) {
        return integration.organizationId().or(() -> credentials.current().organizationId());
    }

    @Override
    public Answer take(RequestHead head, String body) throws MalformedDeliveryException {
        Instant receivedAt = clock.instant();
        Reading reading = reader.read(body, "received", receivedAt);
        if (reading instanceof Reading.News news) {
            return queued(news, Delivery.received(Side.DIDOMI, news.person().value(), receivedAt, body));
        }
        Reading.Ignored ignored = (Reading.Ignored) reading;
        return log.ignored(ignored.reason(), ignored.key());
    }

    private Answer queued(Reading.News news, Delivery delivery) {
        queue.send(List.of(delivery), Duration.ZERO);
        return log.queued(news.person(), LogFields.of("delivery", delivery.id()));
    }
}
