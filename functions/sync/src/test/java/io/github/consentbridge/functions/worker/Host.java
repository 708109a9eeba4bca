package io.github.consentbridge.functions.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.RetryPolicy;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.simulators.dataverse.DataverseSimulator;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.entra.EntraSimulator;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryJson;
import io.github.consentbridge.sync.worker.SyncWorker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A handler with a real worker over the simulated Dataverse, and stores in memory. */
final class Host implements AutoCloseable {
    private static final String INTEGRATION = """
            {"type_id": "microsoft-dynamics",
             "properties": {"organization_id": "acme", "contact_key": "new_didomiid"},
             "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""";

    final MovedClock clock = new MovedClock();
    final EntraSimulator entra = EntraSimulator.start(clock);
    final DataverseSimulator dataverse = DataverseSimulator.start(clock, 0, entra.tokens());
    final Stores stores = new Stores();
    private final SyncHandler handler;
    private int messages;

    Host() {
        dataverse.column(SimulatedColumn.text("new_didomiid", 100));
        dataverse.column(SimulatedColumn.bool("new_newsletter"));
        Integration integration = IntegrationReader.read(INTEGRATION.getBytes(UTF_8), IntegrationReader.Place.FILE);
        SyncWorker worker = new SyncWorker(integration, connections(integration), stores, stores, stores, clock);
        handler = new SyncHandler(worker, stores, stores, stores, clock);
    }

    static final class MovedClock extends Clock {
        private Instant now = Instant.parse("2026-03-01T08:00:00Z");

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private Connections connections(Integration integration) {
        BridgeSecret secret = new BridgeSecret(
                Optional.empty(),
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
                RetryPolicy.standard().withMaxWait(Duration.ZERO).withSleeper(time -> {});
        return new Connections(
                integration,
                credentials,
                endpoints,
                RemoteSettings.standard(clock).withRetry(impatient));
    }

    UUID contact(String key) {
        return dataverse.addContact(Map.of("new_didomiid", key));
    }

    /** Somebody edits this contact just before each of our writes. */
    void contactThatIsNeverAtRest(String key) {
        UUID contact = contact(key);
        dataverse
                .faults()
                .always(
                        RouteKind.UPDATE_CONTACT,
                        Fault.after(() -> dataverse.editContact(contact, Map.of("firstname", "A"))));
    }

    Delivery granted(String person) {
        return granted(person, 0);
    }

    Delivery granted(String person, int attempts) {
        return delivery("""
                {"type": "event.created", "regulation": "gdpr", "parameters": {"entity": {
                  "id": "e1", "created_at": "2026-03-01T07:00:00Z", "status": "confirmed",
                  "user": {"id": "u1", "organization_user_id": "%s"},
                  "consents": {"purposes": [{"id": "newsletter", "enabled": true}]}}}}""".formatted(person), attempts);
    }

    Delivery delivery(String body, int attempts) {
        Delivery fresh = Delivery.received(Side.DIDOMI, "", clock.instant(), body);
        return new Delivery(fresh.id(), fresh.side(), fresh.person(), fresh.receivedAt(), attempts, body);
    }

    SQSMessage message(Delivery delivery) {
        SQSMessage message = new SQSMessage();
        message.setMessageId("message-" + ++messages);
        message.setReceiptHandle("receipt-" + messages);
        message.setBody(DeliveryJson.write(delivery));
        return message;
    }

    /** Handles a batch and gives the ids of the messages that come back. */
    List<String> handle(SQSMessage... batch) {
        return handle(TimeLeft.PLENTY, batch);
    }

    List<String> handle(Context context, SQSMessage... batch) {
        SQSEvent event = new SQSEvent();
        event.setRecords(List.of(batch));
        return handler.handleRequest(event, context).getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    @Override
    public void close() {
        dataverse.close();
        entra.close();
    }
}
