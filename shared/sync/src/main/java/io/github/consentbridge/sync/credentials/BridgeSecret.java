package io.github.consentbridge.sync.credentials;

import io.github.consentbridge.connectors.http.Secret;
import java.util.List;
import java.util.Optional;

/**
 * The parts of the secret. A part that the secret lacks is empty; it is reported when it is needed.
 *
 * @param organizationId Didomi's organization, if it is in the secret
 * @param logKey keys the hash that identifies a person in logs
 */
public record BridgeSecret(
        Optional<Didomi> didomi,
        Optional<Dynamics> dynamics,
        Optional<Webhook> didomiWebhook,
        Optional<Webhook> dynamicsWebhook,
        Optional<String> organizationId,
        Optional<Secret> logKey) {

    /** A private API key of Didomi. */
    public record Didomi(Secret key, Secret secret) {}

    /**
     * An app registration in Entra.
     *
     * @param instance the environment's "REST API endpoint", as it was entered
     */
    public record Dynamics(String clientId, Secret clientSecret, String tenantId, String instance) {}

    /**
     * How a webhook's sender authenticates.
     *
     * @param header name of the header
     * @param values the current value and, during a rotation, the previous one
     * @param client credentials with which the sender can get a token instead
     */
    public record Webhook(String header, List<Secret> values, Optional<Client> client) {
        public Webhook {
            values = List.copyOf(values);
        }

        /** Whether a presented header value is one of ours, compared in constant time. */
        public boolean accepts(String presented) {
            return matching(values, presented).isPresent();
        }
    }

    /**
     * Client credentials that we issue.
     *
     * @param secrets the current secret and, during a rotation, previous ones; at least one
     */
    public record Client(String id, List<Secret> secrets) {
        public Client {
            secrets = List.copyOf(secrets);
        }

        /** The secret that was presented if the credentials are ours, compared in constant time; else empty. */
        public Optional<Secret> accepted(String presentedId, String presentedSecret) {
            // Both are always compared: the time must not reveal which of them was wrong.
            boolean isOurId = Secret.of(id).matches(presentedId);
            return matching(secrets, presentedSecret).filter(secret -> isOurId);
        }
    }

    /** Reduced, not stopped at the first: the time must not reveal which of them it was. */
    private static Optional<Secret> matching(List<Secret> values, String presented) {
        return values.stream().filter(value -> value.matches(presented)).reduce((first, next) -> first);
    }
}
