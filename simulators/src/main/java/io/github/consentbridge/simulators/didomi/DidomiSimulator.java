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
 * Didomi with one organization: the Platform API, and deliveries to registered webhooks. The methods here act like
 * persons and like Didomi itself. Thread-safe.
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

    /** The initial private API key. */
    public String key() {
        return KEY;
    }

    public String secret() {
        return SECRET;
    }

    /** Adds an API key or replaces its secret; issued tokens stay valid, as in Didomi. */
    public void apiKey(String key, String secret) {
        sessions.register(key, secret);
    }

    /** Revokes every token issued so far. */
    public void revokeTokens() {
        sessions.revokeTokens();
    }

    /** Expires all cursors of {@code /consents/users} so far; the lifetime of the real ones is not documented. */
    public void expireCursors() {
        users.expireCursors();
    }

    /** Defines a purpose. Once a purpose is defined, unknown ids in events are refused (API v2). */
    public void knowsPurpose(String purposeId) {
        known.purpose(purposeId);
    }

    /** Defines a preference of a purpose with the ids of its values. */
    public void knowsPreference(String purposeId, String preferenceId, String... valueIds) {
        known.preference(purposeId, preferenceId, Set.of(valueIds));
    }

    /** Gives a purpose, a preference or a value the name that people read; without one it is the id. */
    public void named(String id, String name) {
        known.name(id, name);
    }

    /** Allows only one value of this preference; several by default. The form of consents is the same. */
    public void singleChoice(String preferenceId) {
        known.single(preferenceId);
    }

    /** Whether there are several regulations, as by default; if not, only gdpr changes are delivered, without its name. */
    public void multiRegulation(boolean enabled) {
        announcements.multiRegulation(enabled);
    }

    /**
     * A person makes choices now, under gdpr.
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
     * A person makes a choice.
     * @return the deliveries that it causes, which are pending now
     * @throws IllegalArgumentException if the API would refuse the event
     */
    public List<Delivery> choose(SimulatedChoice choice) {
        try {
            NewEvent event = NewEvent.parse(choice.event(ORGANIZATION), ORGANIZATION, known);
            return causing(() -> store.add(event, choice.isSilent()));
        } catch (DidomiError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Deletes one event, as an administrator or another application does; its user is recomputed.
     *
     * @return the deliveries that it causes, which are pending now
     * @throws NoSuchElementException if the person has no such event
     */
    public List<Delivery> deleteEvent(String organizationUserId, String eventId) {
        return causing(() -> persons.deleteEvent(organizationUserId, eventId));
    }

    /**
     * Changes the consents of one event and keeps its date, as {@code PATCH} does; its user is recomputed.
     *
     * @param purposes purpose id to granted or refused
     * @return the deliveries that it causes, which are pending now
     * @throws NoSuchElementException if the person has no such event
     */
    public List<Delivery> editEvent(String organizationUserId, String eventId, Map<String, Boolean> purposes) {
        SimulatedChoice edited = SimulatedChoice.anonymous();
        purposes.forEach(edited::purpose);
        JsonNode consents = edited.event(organizationId()).path("consents");
        return causing(() -> persons.editEvent(organizationUserId, eventId, consents));
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

    /** The person's last choice for the purpose under gdpr, on any device. */
    public Optional<Boolean> enabled(String organizationUserId, String purposeId) {
        return enabled(organizationUserId, purposeId, "gdpr");
    }

    /** The person's last choice for the purpose under this regulation, on any device. */
    public Optional<Boolean> enabled(String organizationUserId, String purposeId, String regulation) {
        return persons.newest(organizationUserId, regulation, purposeId, "/enabled")
                .map(JsonNode::booleanValue);
    }

    /** The values that the person last chose for the preference under gdpr, joined by commas. */
    public Optional<String> preference(String organizationUserId, String purposeId, String preferenceId) {
        return persons.newest(organizationUserId, "gdpr", purposeId, "/values/" + preferenceId + "/value")
                .map(JsonNode::textValue);
    }

    /** The users with this organization user id as the API returns them under gdpr, the last changed one first. */
    public List<JsonNode> users(String organizationUserId) {
        return persons.users(organizationUserId);
    }

    /** The person's events as the API returns them, of any status and regulation. */
    public List<JsonNode> events(String organizationUserId) {
        return persons.events(organizationUserId);
    }

    public int userCount() {
        return store.userCount();
    }

    /** Registers a webhook without a token endpoint, with the headers of each call; returns its id. */
    public String registerWebhook(URI url, Map<String, String> headers) {
        String id = ids.next().toString();
        webhooks.register(new Webhook(id, url, Map.copyOf(headers), Optional.empty()));
        return id;
    }

    /** Registers a webhook with OAuth client credentials, as the API does; returns its id. */
    public String registerWebhook(URI url, URI tokenUrl, String clientId, String clientSecret) {
        String id = ids.next().toString();
        Webhook.Login login = new Webhook.Login(tokenUrl, clientId, clientSecret);
        webhooks.register(new Webhook(id, url, Map.of(), Optional.of(login)));
        return id;
    }

    public void unregisterWebhook(String id) {
        webhooks.unregister(id);
    }

    /** The URLs of all webhooks, including those registered through the API. */
    public List<URI> webhooks() {
        return webhooks.all().stream().map(Webhook::url).toList();
    }

    /** Sets the form of token requests; JSON by default. */
    public void tokenRequests(TokenRequestStyle style) {
        calls.style(style);
    }

    /** Deliveries that failed six times; Didomi cannot send them again. */
    public List<Delivery> permanentStorage() {
        return givenUp();
    }

    /** Delays each answer by this much real time, as a network does; for benchmarks. */
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

    /** The store's monitor is held, so all deliveries added meanwhile are caused by this action. */
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
        enqueue(delivery);
    }
}
