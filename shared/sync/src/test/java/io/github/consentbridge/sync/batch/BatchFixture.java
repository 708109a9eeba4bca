package io.github.consentbridge.sync.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Deadline;
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
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.logging.RecordingOutcomeLog;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.ReceivedDelivery;
import io.github.consentbridge.sync.worker.SyncWorker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A real worker over the simulated Dataverse, and stores in memory. */
public final class BatchFixture implements AutoCloseable {
    private static final String NEWSLETTER = """
            {"id": "new_newsletter", "value": {"purpose": "newsletter"}}""";
    private static final String INTEGRATION = """
            {"type_id": "microsoft-dynamics",
             "properties": {"organization_id": "acme", "contact_key": "new_didomiid"},
             "mappings": [%s]}""";

    public final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");
    private final EntraSimulator entra = EntraSimulator.start(clock);
    public final DataverseSimulator dataverse = DataverseSimulator.start(clock, 0, entra.tokens());
    public final MemoryStores stores = new MemoryStores();
    public final RecordingOutcomeLog outcomeLog = new RecordingOutcomeLog();
    public final BatchWorker worker;
    private int received;

    public BatchFixture() {
        this(NEWSLETTER);
    }

    /** @param mappings of the integration document, as JSON */
    public BatchFixture(String mappings) {
        dataverse.column(SimulatedColumn.text("new_didomiid", 100));
        dataverse.column(SimulatedColumn.bool("new_newsletter"));
        Integration integration =
                IntegrationReader.read(INTEGRATION.formatted(mappings).getBytes(UTF_8), IntegrationReader.Place.FILE);
        SyncWorker people = new SyncWorker(integration, connections(integration), stores, stores, outcomeLog, clock);
        worker = new BatchWorker(people, stores, stores, stores, outcomeLog, clock);
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

    public UUID contact(String key) {
        return dataverse.addContact(Map.of("new_didomiid", key));
    }

    /** Somebody edits this contact just before each of our writes. */
    void contactThatKeepsChanging(String key) {
        UUID contact = contact(key);
        dataverse
                .faults()
                .always(
                        RouteKind.UPDATE_CONTACT,
                        Fault.after(() -> dataverse.editContact(contact, Map.of("firstname", "A"))));
    }

    public Delivery granted(String person) {
        return granted(person, 0);
    }

    public Delivery granted(String person, int attempts) {
        return delivery("""
                {"type": "event.created", "regulation": "gdpr", "parameters": {"entity": {
                  "id": "e1", "created_at": "2026-03-01T07:00:00Z", "status": "confirmed",
                  "user": {"id": "u1", "organization_user_id": "%s"},
                  "consents": {"purposes": [{"id": "newsletter", "enabled": true}]}}}}""".formatted(person), attempts);
    }

    public Delivery delivery(String body, int attempts) {
        Delivery fresh = Delivery.received(Side.DIDOMI, "", clock.instant(), body);
        return new Delivery(fresh.id(), fresh.side(), fresh.person(), fresh.receivedAt(), attempts, body);
    }

    ReceivedDelivery received(Delivery delivery) {
        return received(delivery, 1);
    }

    ReceivedDelivery received(Delivery delivery, int receives) {
        return new ReceivedDelivery("receipt-" + ++received, receives, delivery);
    }

    /** Handles a batch and gives what returns. */
    List<ReceivedDelivery> handle(ReceivedDelivery... batch) {
        return handle(Deadline.none(), batch);
    }

    List<ReceivedDelivery> handle(Deadline deadline, ReceivedDelivery... batch) {
        BatchResult result = worker.handle(List.of(batch), deadline);
        assertThat(result.finished())
                .containsExactlyInAnyOrderElementsOf(Stream.of(batch)
                        .filter(each -> !result.returning().contains(each))
                        .toList());
        return result.returning();
    }

    @Override
    public void close() {
        dataverse.close();
        entra.close();
    }
}
