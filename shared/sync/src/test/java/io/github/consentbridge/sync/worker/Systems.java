package io.github.consentbridge.sync.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.connectors.http.RetryPolicy;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.simulators.dataverse.DataverseSimulator;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.didomi.DidomiSimulator;
import io.github.consentbridge.simulators.entra.EntraSimulator;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.ledger.MemoryPauses;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.logging.RecordingOutcomeLog;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.reconciliation.Reconciliation;
import io.github.consentbridge.sync.reconciliation.RunStore;
import io.github.consentbridge.sync.registration.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The simulated systems, and workers that use them, as one test needs them. Everything over real HTTP. */
public final class Systems implements AutoCloseable {
    public static final String NEWS = """
            {"id": "new_newsletter", "value": "consents_purposes_newsletter_enabled"}""";
    public static final String NO_NEWS = """
            {"id": "new_nonews", "value": {"purpose": "newsletter"}, "invert": true}""";
    public static final String OFFERS = """
            {"id": "new_offers", "value": {"purpose": "offers"}}""";
    static final String FREQUENCY = """
            {"id": "new_frequency", "value": {"purpose": "newsletter", "preference": "frequency"},
             "options": {"weekly": 1, "monthly": 2}}""";
    public static final String NEWSLETTER = document("", NEWS);

    public final ManualClock clock;
    public final EntraSimulator entra;
    public final DataverseSimulator dataverse;
    public final DidomiSimulator didomi;
    public final WatchedLedger ledger;
    public final RecordingOutcomeLog outcomeLog = new RecordingOutcomeLog();
    public final Map<RemoteSystem, Instant> paused = new EnumMap<>(RemoteSystem.class);
    final Integration integration;

    /** What a request of the clients made from now on may take. */
    public Duration requestTimeout = Duration.ofSeconds(2);

    /** What the secret store holds; a worker sees a change when it asks anew. */
    public String dynamicsSecret;

    /** Empty for a store without a block for Didomi. */
    public String didomiSecret;

    /** Whether the secret store fails when it is asked anew. */
    boolean secretUnreadable;

    private final Pauses pauses = new MemoryPauses(paused);
    private final boolean beside;
    private int deliveries;

    public Systems(String integration) {
        this(integration, new ManualClock("2026-03-01T08:00:00Z"));
    }

    private Systems(String integration, ManualClock clock) {
        this(integration, clock, EntraSimulator.start(clock), DidomiSimulator.start(clock), false);
    }

    private Systems(
            String integration, ManualClock clock, EntraSimulator entra, DidomiSimulator didomi, boolean beside) {
        this.integration = IntegrationReader.read(integration.getBytes(UTF_8), IntegrationReader.Place.FILE);
        this.clock = clock;
        this.entra = entra;
        this.didomi = didomi;
        this.beside = beside;
        this.dataverse = beside
                ? DataverseSimulator.another(clock, entra.tokens())
                : DataverseSimulator.start(clock, 0, entra.tokens());
        StoresUnderTest stores = StoresUnderTest.chosen();
        // Reading a history costs a request where the store is another process.
        this.ledger = new WatchedLedger(stores.ledger(clock), stores instanceof StoresUnderTest.InMemory ? 1 : 50);
        this.dynamicsSecret = entra.clientSecret();
        this.didomiSecret = didomi.secret();
        dataverse.column(SimulatedColumn.text("new_didomiid", 100));
        dataverse.column(SimulatedColumn.bool("new_newsletter"));
        dataverse.column(SimulatedColumn.bool("new_nonews"));
        dataverse.column(SimulatedColumn.bool("new_offers"));
        dataverse.column(SimulatedColumn.choice("new_frequency", Map.of(1, "Weekly", 2, "Monthly")));
    }

    /** Another bridge on the same Didomi organization: with a Dataverse environment and a ledger of its own. */
    Systems anotherBridge(String document) {
        return new Systems(document, clock, EntraSimulator.start(clock), didomi, true);
    }

    /**
     * An integration document.
     *
     * @param properties further members, each followed by a comma
     */
    public static String document(String properties, String... mappings) {
        return document(false, "new_didomiid", properties, mappings);
    }

    /** As {@link #document}, for an integration that creates contacts. */
    static String creating(String properties, String... mappings) {
        return document(true, "new_didomiid", properties, mappings);
    }

    static String document(boolean upsert, String contactKey, String properties, String... mappings) {
        return """
                {"type_id": "microsoft-dynamics", "upsert_mode": %s,
                 "properties": {%s "organization_id": "acme", "contact_key": "%s"},
                 "mappings": [%s]}""".formatted(upsert, properties, contactKey, String.join(",", mappings));
    }

    /** A worker of its own: own clients, own metadata, the same ledger and pauses. */
    public SyncWorker worker() {
        return new SyncWorker(integration, connections(), ledger, pauses, outcomeLog, clock);
    }

    /** A reconciliation of its own; while a system is paused the clock is moved on. */
    public Reconciliation reconciliation(RunStore store) {
        Connections connections = connections();
        PageSettler settler = new PageSettler(integration, connections, ledger, pauses, outcomeLog, clock);
        Registration registration = new Registration(integration, new CachedSecret(), connections);
        return new Reconciliation(integration, connections, settler, registration, store, outcomeLog, clock, time -> {
            synchronized (paused) {
                clock.advance(time);
                paused.clear();
            }
        });
    }

    private Connections connections() {
        Endpoints endpoints = new Endpoints(
                ServiceUrl.parse("DIDOMI_API_URL", didomi.url().toString()),
                ServiceUrl.parse("ENTRA_LOGIN_URL", entra.url().toString()));
        RetryPolicy impatient =
                RetryPolicy.standard().withMaxWait(Duration.ZERO).withSleeper(time -> {});
        RemoteSettings settings = RemoteSettings.standard(clock)
                .withTimeouts(Duration.ofMillis(500), requestTimeout)
                .withRetry(impatient);
        return new Connections(integration, new CachedSecret(), endpoints, settings);
    }

    private final class CachedSecret implements Credentials {
        private BridgeSecret cached = stored();

        @Override
        public BridgeSecret current() {
            return cached;
        }

        @Override
        public BridgeSecret refreshed() {
            if (secretUnreadable) {
                throw new CredentialsException("the secret store does not answer: try again");
            }
            cached = stored();
            return cached;
        }

        private BridgeSecret stored() {
            return new BridgeSecret(
                    Optional.of(didomiSecret)
                            .filter(secret -> !secret.isEmpty())
                            .map(secret -> new BridgeSecret.Didomi(Secret.of(didomi.key()), Secret.of(secret))),
                    Optional.of(new BridgeSecret.Dynamics(
                            entra.clientId(),
                            Secret.of(dynamicsSecret),
                            entra.tenantId(),
                            dataverse.url().toString())),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    public UUID contact(String key) {
        return dataverse.addContact(Map.of("new_didomiid", key));
    }

    public Object newsletter(UUID contact) {
        return dataverse.contact(contact).get("new_newsletter");
    }

    int writesTo(UUID contact) {
        return dataverse.counters().writesTo(contact);
    }

    Map<Delivery, DeliveryOutcome> handle(SyncWorker worker, Delivery... batch) {
        return worker.handle(List.of(batch), Deadline.none());
    }

    /** Handles one delivery and says what became of it. */
    public DeliveryOutcome outcome(SyncWorker worker, Delivery delivery) {
        return handle(worker, delivery).get(delivery);
    }

    Delivery chosen(String person, boolean granted, String createdAt) {
        return chosen(person, "newsletter", granted, createdAt);
    }

    Delivery chosen(String person, String purpose, boolean granted, String createdAt) {
        String consents = """
                {"purposes": [{"id": "%s", "enabled": %s}]}""".formatted(purpose, granted);
        return event(person, "u-" + person.hashCode(), "gdpr", createdAt, consents);
    }

    Delivery event(String person, String didomiUser, String regulation, String createdAt, String consents) {
        return delivery(person, """
                {"type": "event.created", "regulation": "%s", "parameters": {"entity": {
                  "id": "e-%d", "created_at": "%s", "status": "confirmed",
                  "user": {"id": "%s", "organization_user_id": "%s"},
                  "consents": %s}}}""".formatted(regulation, deliveries++, createdAt, didomiUser, person, consents));
    }

    /** What the simulated Didomi would send. */
    public Delivery sent(String person, io.github.consentbridge.simulators.didomi.Delivery didomis) {
        return delivery(person, didomis.body());
    }

    Delivery delivery(String person, String body) {
        return Delivery.received(Side.DIDOMI, person, clock.instant(), body);
    }

    /** What staff do in the app, with the webhook calls that follow. */
    StaffActions staff() {
        return new StaffActions(dataverse, clock, dataverse.staffUserId());
    }

    /** As {@link #staff}, by code that runs because of a write of ours. */
    StaffActions plugIn() {
        return new StaffActions(dataverse, clock, dataverse.applicationUserId());
    }

    static OrganizationUserId key(String person) {
        return new OrganizationUserId(person);
    }

    /** All outages are over and all pauses have passed. */
    public void recover() {
        dataverse.faults().clear();
        didomi.faults().clear();
        entra.faults().clear();
        clock.advance(Duration.ofMinutes(20));
    }

    @Override
    public void close() {
        if (!beside) {
            didomi.close();
        }
        dataverse.close();
        entra.close();
    }
}
