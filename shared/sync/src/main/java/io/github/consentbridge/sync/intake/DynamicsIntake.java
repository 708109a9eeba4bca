package io.github.consentbridge.sync.intake;

import static java.util.Objects.requireNonNullElse;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.delivery.ContactChange;
import io.github.consentbridge.mapping.delivery.ContactReading;
import io.github.consentbridge.mapping.delivery.DynamicsReader;
import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
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
import org.jspecify.annotations.Nullable;

/** Stores those deliveries of Dynamics that may change something. */
public final class DynamicsIntake implements DeliveryRoute.Intake {
    /** Present if Dataverse left the columns out, because with them the body would be above 256 KB. */
    private static final String STRIPPED = "x-ms-dynamics-msg-size-exceeded";

    private final DynamicsReader reader;
    private final DeliveryQueue queue;
    private final RequestLog log;
    private final Clock clock;

    private DynamicsIntake(Integration integration, DeliveryQueue queue, RequestLog log, Clock clock) {
        this.reader = new DynamicsReader(integration);
        this.queue = queue;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Answers {@code POST /webhooks/dynamics}. A delivery gets a 2xx only after it is stored or is known to change nothing;
     * every failure on our side is a 503, the only answer of ours that Dataverse retries (once; never a 429 or a 500). A
     * repeat is stored again, which is harmless.
     *
     * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/use-webhooks">Use webhooks</a>
     */
    public static WebhookEndpoint endpoint(
            Integration integration, Credentials credentials, DeliveryQueue queue, OutcomeLog outcomeLog, Clock clock) {
        RequestLog log = new RequestLog(Side.DYNAMICS, outcomeLog);
        SenderCheck sender = new SenderCheck(credentials, BridgeSecret::dynamicsWebhook);
        Map<String, Route> routes = Map.of(
                BridgeUrl.DYNAMICS_PATH,
                new DeliveryRoute(sender, log, new DynamicsIntake(integration, queue, log, clock)));
        return new WebhookEndpoint(log, routes, head -> true);
    }

    @Override
    public Answer take(RequestHead head, String body) throws MalformedDeliveryException {
        Instant receivedAt = clock.instant();
        ContactReading reading = reader.read(body, receivedAt);
        if (reading instanceof ContactChange change) {
            return queued(
                    change,
                    Delivery.received(Side.DYNAMICS, requireNonNullElse(change.key(), ""), receivedAt, body),
                    head);
        }
        ContactReading.Ignored ignored = (ContactReading.Ignored) reading;
        return log.ignored(ignored.reason(), ignored.key());
    }

    private Answer queued(ContactChange change, Delivery delivery, RequestHead head) {
        queue.send(List.of(delivery), Duration.ZERO);
        @Nullable String key = change.key();
        LogFields fields = LogFields.of("delivery", delivery.id())
                .and("request", change.correlationId())
                .and("stripped", head.header(STRIPPED).isPresent());
        return log.queued(key == null ? null : new OrganizationUserId(key), fields);
    }
}
