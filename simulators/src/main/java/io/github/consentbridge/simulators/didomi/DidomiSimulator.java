package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.deliveries.DeliveringSystem;
import io.github.consentbridge.simulators.http.Faults;
import io.github.consentbridge.simulators.http.Ids;
import io.github.consentbridge.simulators.http.SimulatorServer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * Didomi with one organization: the Platform API, and deliveries to registered webhooks. The methods here act like persons
 * and like Didomi itself. Thread-safe.
 */
public final class DidomiSimulator extends DeliveringSystem<Delivery> {
    private static final String ORGANIZATION = "acme";
    private static final String KEY = "simulated-key";
    private static final String SECRET = "simulated-secret";
    private static final long SEED = 1;

    private final Ids ids = new Ids(SEED);
    private final KnownIds known = new KnownIds();
    private final DidomiCounters counters = new DidomiCounters();
    private final Faults faults = new Faults();
    private final WebhookCalls calls;
    private final Webhooks webhooks;
    private final Announcements announcements;
    private final DidomiStore store;
    private final Persons persons;
    private final Sessions sessions;
    private final UserRoutes users;
    private final SimulatorServer server;
    private Optional<List<Delivery>> caused = Optional.empty();

    private DidomiSimulator(Clock clock, int port, WebhookCalls calls, Webhooks webhooks) {
        super(webhooks, "didomi-deliveries");
        this.calls = calls;
        this.webhooks = webhooks;
        announcements = new Announcements(ORGANIZATION, this::announced);
        store = new DidomiStore(clock, ids, announcements);
        persons = new Persons(store, ORGANIZATION);
        sessions = new Sessions(clock, ids);
        sessions.register(KEY, SECRET);
        users = new UserRoutes(store, ORGANIZATION);
        server = SimulatorServer.bind(port);
        DidomiRoutes routes = new DidomiRoutes(
                sessions,
                new RateLimit(clock),
                new EventRoutes(store, known, counters, ORGANIZATION),
                users,
                new IntegrationRoutes(webhooks, ids, ORGANIZATION),
                known,
                ORGANIZATION);
        server.serve(routes, faults, counters);
    }

    public static DidomiSimulator start(Clock clock) {
        return start(clock, 0);
    }

    public static DidomiSimulator start(Clock clock, int port) {
        WebhookCalls calls = new WebhookCalls(clock);
        return new DidomiSimulator(clock, port, calls, new Webhooks(calls));
    }

    /** Stands in for {@code https://api.didomi.io/v1}. */
    public URI url() {
        return server.url();
    }

    public String organizationId() {
        return ORGANIZATION;
    }

    /** The private API key at the start. */
    public String key() {
        return KEY;
    }

    public String secret() {
        return SECRET;
    }

    /** Adds an API key or replaces its secret; tokens issued stay valid, as in Didomi. */
    public void apiKey(String key, String secret) {
        sessions.register(key, secret);
    }

    /** Every token issued so far is refused from now on. */
    public void revokeTokens() {
        sessions.revokeTokens();
    }

    /** Refuses all cursors of {@code /consents/users} given out so far; how long the real ones last is not documented. */
    public void expireCursors() {
        users.expireCursors();
    }

    /** Defines a purpose. From the first one on, unknown ids in events are refused (API v2). */
    public void knowsPurpose(String purposeId) {
        known.purpose(purposeId);
    }

    /** Defines a preference of a purpose with the ids of its values. */
    public void knowsPreference(String purposeId, String preferenceId, String... valueIds) {
        known.preference(purposeId, preferenceId, Set.of(valueIds));
    }

    /**
     * Whether the organization has more than one regulation, true at the start. Without it, only gdpr changes are delivered
     * and bodies do not name the regulation.
     */
    public void multiRegulation(boolean enabled) {
        announcements.multiRegulation(enabled);
    }

    /**
     * A person chooses, now, under gdpr.
     *
     * @param choices purpose id to granted or refused
     * @return the deliveries that it causes, which are pending now
     */
    public List<Delivery> choose(String organizationUserId, Map<String, Boolean> choices) {
        SimulatedChoice choice = SimulatedChoice.by(organizationUserId);
        choices.forEach(choice::purpose);
        return choose(choice);
    }

    /**
     * A person chooses.
     *
     * @return the deliveries that it causes, which are pending now
     * @throws IllegalArgumentException when the API would refuse the event
     */
    public List<Delivery> choose(SimulatedChoice choice) {
        try {
            NewEvent event = NewEvent.parse(choice.event(), ORGANIZATION, known);
            return causing(() -> store.add(event, choice.isSilent()));
        } catch (DidomiError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Erases every user with this organization user id, and their events. */
    public List<Delivery> deleteUser(String organizationUserId) {
        return causing(() -> {
            List<DidomiUser> users = store.usersOf(organizationUserId);
            if (users.isEmpty()) {
                throw new NoSuchElementException("no user " + organizationUserId);
            }
            users.forEach(store::remove);
        });
    }

    /** Erases one Didomi user; others with the same organization user id stay. */
    public List<Delivery> deleteDidomiUser(String didomiUserId) {
        return causing(() -> store.remove(store.user(didomiUserId).orElseThrow()));
    }

    /** What the person last chose for the purpose under gdpr, on whichever device. */
    public Optional<Boolean> enabled(String organizationUserId, String purposeId) {
        return enabled(organizationUserId, purposeId, "gdpr");
    }

    /** What the person last chose for the purpose under this regulation, on whichever device. */
    public Optional<Boolean> enabled(String organizationUserId, String purposeId, String regulation) {
        return persons.newest(organizationUserId, regulation, purposeId, "/enabled")
                .map(JsonNode::booleanValue);
    }

    /** The values that the person last chose for the preference under gdpr, joined by commas. */
    public Optional<String> preference(String organizationUserId, String purposeId, String preferenceId) {
        return persons.newest(organizationUserId, "gdpr", purposeId, "/values/" + preferenceId + "/value")
                .map(JsonNode::textValue);
    }

    /** The users with this organization user id as the API shows them under gdpr, the one changed last first. */
    public List<JsonNode> users(String organizationUserId) {
        return persons.users(organizationUserId);
    }

    /** The person's events as the API shows them, of any status and regulation. */
    public List<JsonNode> events(String organizationUserId) {
        return persons.events(organizationUserId);
    }

    public int userCount() {
        return store.userCount();
    }

    /** Registers a webhook that needs no login, with the headers that each call carries; returns its id. */
    public String registerWebhook(URI url, Map<String, String> headers) {
        String id = ids.next().toString();
        webhooks.register(new Webhook(id, url, Map.copyOf(headers), Optional.empty()));
        return id;
    }

    /** Registers a webhook behind OAuth client credentials, as the API does; returns its id. */
    public String registerWebhook(URI url, URI tokenUrl, String clientId, String clientSecret) {
        String id = ids.next().toString();
        Webhook.Login login = new Webhook.Login(tokenUrl, clientId, clientSecret);
        webhooks.register(new Webhook(id, url, Map.of(), Optional.of(login)));
        return id;
    }

    public void unregisterWebhook(String id) {
        webhooks.unregister(id);
    }

    /** The addresses of all webhooks, those registered over the API included. */
    public List<URI> webhooks() {
        return webhooks.all().stream().map(Webhook::url).toList();
    }

    /** How token endpoints are asked; JSON at the start. */
    public void tokenRequests(TokenRequestStyle style) {
        calls.style(style);
    }

    /** Deliveries that failed six times; Didomi has no way to send them again. */
    public List<Delivery> permanentStorage() {
        return givenUp();
    }

    /** Answers each request this much real time after it came, as over a network; for benchmarks. */
    public void latency(Duration time) {
        server.latency(time);
    }

    public DidomiCounters counters() {
        return counters;
    }

    public Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        super.close();
        server.close();
    }

    /** The store's monitor is held, so what is announced meanwhile was caused by the act. */
    private List<Delivery> causing(Runnable act) {
        synchronized (store) {
            List<Delivery> deliveries = new ArrayList<>();
            caused = Optional.of(deliveries);
            try {
                act.run();
            } finally {
                caused = Optional.empty();
            }
            return List.copyOf(deliveries);
        }
    }

    private void announced(Delivery delivery) {
        caused.ifPresent(deliveries -> deliveries.add(delivery));
        owe(delivery);
    }
}
