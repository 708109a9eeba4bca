package io.github.consentbridge.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.credentials.BridgeSecret;
import io.github.consentbridge.credentials.Credentials;
import io.github.consentbridge.ledger.Pauses;
import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.mapping.IntegrationReader;
import io.github.consentbridge.mapping.OrganizationUserId;
import io.github.consentbridge.queue.Delivery;
import io.github.consentbridge.remote.Deadline;
import io.github.consentbridge.remote.RemoteSettings;
import io.github.consentbridge.remote.RemoteSystem;
import io.github.consentbridge.remote.RetryPolicy;
import io.github.consentbridge.remote.Secret;
import io.github.consentbridge.remote.ServiceUrl;
import io.github.consentbridge.settle.Side;
import io.github.consentbridge.simulators.dataverse.DataverseSimulator;
import io.github.consentbridge.simulators.dataverse.SimulatedColumn;
import io.github.consentbridge.simulators.entra.EntraSimulator;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The simulated systems, and workers that use them, as one test needs them. Everything over real HTTP. */
final class Systems implements AutoCloseable {
    static final String NEWSLETTER = """
            {"type_id": "microsoft-dynamics",
             "properties": {"organization_id": "acme", "contact_key": "new_didomiid"},
             "mappings": [{"id": "new_newsletter", "value": "consents_purposes_newsletter_enabled"}]}""";

    final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");
    final EntraSimulator entra = EntraSimulator.start(clock);
    final DataverseSimulator dataverse = DataverseSimulator.start(clock, 0, entra.tokens());
    final MemoryLedger ledger = new MemoryLedger();
    final RecordingJournal journal = new RecordingJournal();
    final Map<RemoteSystem, Instant> paused = new EnumMap<>(RemoteSystem.class);
    final Integration integration;
    private final Pauses pauses = new Pauses() {
        @Override
        public Map<RemoteSystem, Instant> pausedUntil() {
            return Map.copyOf(paused);
        }

        @Override
        public void pause(RemoteSystem system, Instant until) {
            paused.merge(system, until, (one, other) -> one.isAfter(other) ? one : other);
        }
    };
    private int deliveries;

    Systems(String integration) {
        this.integration = IntegrationReader.read(integration.getBytes(UTF_8), IntegrationReader.Place.FILE);
        dataverse.column(SimulatedColumn.text("new_didomiid", 100));
        dataverse.column(SimulatedColumn.bool("new_newsletter"));
    }

    /** A worker of its own: own clients, own metadata, the same ledger and pauses. */
    SyncWorker worker() {
        return new SyncWorker(integration, connections(), ledger, pauses, journal, clock);
    }

    private Connections connections() {
        BridgeSecret secret = new BridgeSecret(
                Optional.of(new BridgeSecret.Didomi(Secret.of("key"), Secret.of("secret"))),
                Optional.of(new BridgeSecret.Dynamics(
                        entra.clientId(),
                        Secret.of(entra.clientSecret()),
                        entra.tenantId(),
                        dataverse.url().toString())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Credentials credentials = new Credentials() {
            @Override
            public BridgeSecret current() {
                return secret;
            }

            @Override
            public BridgeSecret refreshed() {
                return secret;
            }
        };
        Endpoints endpoints = new Endpoints(
                ServiceUrl.parse("DIDOMI_API_URL", "http://127.0.0.1:1"),
                ServiceUrl.parse("ENTRA_LOGIN_URL", entra.url().toString()));
        RetryPolicy impatient =
                RetryPolicy.standard().withLongestWait(Duration.ZERO).withSleeper(time -> {});
        RemoteSettings settings = RemoteSettings.standard(clock)
                .withTimeouts(Duration.ofMillis(500), Duration.ofSeconds(2))
                .withRetry(impatient);
        return new Connections(integration, credentials, endpoints, settings);
    }

    UUID contact(String key) {
        return dataverse.addContact(Map.of("new_didomiid", key));
    }

    Object newsletter(UUID contact) {
        return dataverse.contact(contact).get("new_newsletter");
    }

    Map<Delivery, Fate> handle(SyncWorker worker, Delivery... batch) {
        return worker.handle(List.of(batch), Deadline.none());
    }

    Delivery chosen(String person, boolean granted, String createdAt) {
        return delivery(person, """
                {"type": "event.created", "regulation": "gdpr", "parameters": {"entity": {
                  "id": "e-%d", "created_at": "%s", "status": "confirmed",
                  "user": {"id": "u-%s", "organization_user_id": "%s"},
                  "consents": {"purposes": [{"id": "newsletter", "enabled": %s}]}}}}""".formatted(deliveries++, createdAt, person.hashCode(), person, granted));
    }

    Delivery delivery(String person, String body) {
        return Delivery.received(Side.DIDOMI, person, clock.instant(), body);
    }

    static OrganizationUserId key(String person) {
        return new OrganizationUserId(person);
    }

    @Override
    public void close() {
        dataverse.close();
        entra.close();
    }
}
