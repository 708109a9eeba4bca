package io.github.consentbridge.simulators.dataverse;

import io.github.consentbridge.simulators.dataverse.registration.ActiveSteps;
import io.github.consentbridge.simulators.dataverse.registration.AuthValue;
import io.github.consentbridge.simulators.dataverse.registration.Registration;
import io.github.consentbridge.simulators.deliveries.Courier;
import io.github.consentbridge.simulators.deliveries.Receiver;
import io.github.consentbridge.simulators.deliveries.WebhookClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Sends a delivery to its service endpoint in the endpoint's present state. There is one retry, and only after 502, 503
 * or 504; any other answer, or none, is final.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/use-webhooks">Use webhooks</a>
 */
final class EndpointCourier implements Courier<DataverseDelivery> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 2;
    private static final Set<Integer> WORTH_ANOTHER = Set.of(502, 503, 504);

    private final Registration registration;
    private final WebhookClient client = new WebhookClient(PATIENCE);

    EndpointCourier(Registration registration) {
        this.registration = registration;
    }

    @Override
    public List<Receiver<DataverseDelivery>> receivers(DataverseDelivery delivery) {
        return List.of(new Connection(delivery.endpointId()));
    }

    @Override
    public boolean triesAgain(int attempts, List<Integer> statuses) {
        return attempts < ATTEMPTS && WORTH_ANOTHER.containsAll(statuses);
    }

    private int post(DataverseDelivery delivery) {
        Optional<ActiveSteps.Endpoint> endpoint =
                Optional.ofNullable(registration.active().endpoints().get(delivery.endpointId()));
        if (endpoint.isEmpty()) {
            return WebhookClient.NO_ANSWER;
        }
        HttpRequest.Builder request;
        try {
            request = AuthValue.request(endpoint.get());
        } catch (IllegalArgumentException e) {
            // An invalid value fails the job without a call.
            return WebhookClient.NO_ANSWER;
        }
        delivery.headers().forEach(request::setHeader);
        return client.status(request.POST(BodyPublishers.ofString(delivery.body())));
    }

    private final class Connection implements Receiver<DataverseDelivery> {
        private final UUID endpointId;

        Connection(UUID endpointId) {
            this.endpointId = endpointId;
        }

        @Override
        public String id() {
            return endpointId.toString();
        }

        @Override
        public int post(DataverseDelivery delivery) {
            return EndpointCourier.this.post(delivery);
        }
    }
}
