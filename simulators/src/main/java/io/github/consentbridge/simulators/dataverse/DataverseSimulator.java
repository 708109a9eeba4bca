package io.github.consentbridge.simulators.dataverse;

import io.github.consentbridge.simulators.dataverse.column.ColumnAdministration;
import io.github.consentbridge.simulators.dataverse.column.Reference;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.dataverse.column.TableSettings;
import io.github.consentbridge.simulators.dataverse.limits.RequestIds;
import io.github.consentbridge.simulators.dataverse.limits.ServiceLimits;
import io.github.consentbridge.simulators.dataverse.limits.Throttle;
import io.github.consentbridge.simulators.dataverse.registration.Registration;
import io.github.consentbridge.simulators.dataverse.registration.RegistrationRoutes;
import io.github.consentbridge.simulators.dataverse.registration.WebhookSetup;
import io.github.consentbridge.simulators.dataverse.table.AuditLog;
import io.github.consentbridge.simulators.dataverse.table.ContactChanges;
import io.github.consentbridge.simulators.dataverse.table.ContactTable;
import io.github.consentbridge.simulators.dataverse.table.ContactView;
import io.github.consentbridge.simulators.deliveries.DeliveringSystem;
import io.github.consentbridge.simulators.entra.IssuedTokens;
import io.github.consentbridge.simulators.http.Faults;
import io.github.consentbridge.simulators.http.Ids;
import io.github.consentbridge.simulators.http.SimulatorServer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A Dataverse environment with one table, {@code contact}. It serves the Web API below {@code /api/data/v9.2/}; the
 * methods here act like a user in the app. Thread-safe.
 *
 * <p>Values in maps are, by kind of column: Boolean, Integer (options and whole numbers), BigDecimal, Double, String
 * (texts, and several options as {@code "1,9"}), Instant in whole seconds, LocalDate, UUID; for a lookup the target's
 * UUID.
 */
public final class DataverseSimulator extends DeliveringSystem<DataverseDelivery> {
    private static final Environment USUAL =
            new Environment(365, UUID.fromString("0ba4c8e2-5d7f-4a19-8b36-7e1f9c3a5d08"));

    /** Shares neither the organization nor any generated id with the usual one. */
    private static final Environment ANOTHER =
            new Environment(366, UUID.fromString("7d19c3f4-2b6a-4e85-9c07-3f5a8e1b6d24"));

    private final ContactTable table;
    private final ContactView view;
    private final TableSettings settings = new TableSettings();
    private final ContactChanges changes;
    private final AuditLog audit;
    private final Registration registration;
    private final Plugins plugins;
    private final Staff staff;
    private final ExecutionContext contexts;
    private final Privileges privileges;
    private final DataverseCounters counters;
    private final Throttle throttle;
    private final Faults faults = new Faults();
    private final Ids ids;
    private final UUID organization;
    private final Reference member;
    private final Reference application;
    private final SimulatorServer server;

    /** What one environment differs from another in: the seed of its ids, and its organization. */
    private record Environment(long seed, UUID organization) {}

    private DataverseSimulator(
            Clock clock,
            int port,
            Optional<IssuedTokens> tokens,
            Environment environment,
            ContactTable table,
            Registration registration) {
        super(new EndpointCourier(registration), "dataverse-deliveries");
        ids = new Ids(environment.seed());
        organization = environment.organization();
        member = new Reference("systemuser", ids.next());
        application = new Reference("systemuser", ids.next());
        this.table = table;
        this.view = new ContactView(table);
        this.registration = registration;
        counters = new DataverseCounters(table);
        throttle = new Throttle(clock);
        plugins = new Plugins(table);
        server = SimulatorServer.bind(port);
        String webApi = server.url() + "/api/data/v9.2/";
        changes = new ContactChanges(table, clock);
        audit = new AuditLog(table, clock);
        ContactJson json = new ContactJson(table, webApi);
        RequestIds requestIds = new RequestIds();
        contexts = new ExecutionContext(organization, server.url().getAuthority());
        ContactOperations operations =
                new ContactOperations(table, registration, plugins, audit, contexts, this::enqueue, clock);
        staff = new Staff(table, operations, ids, member, new Reference("systemuser", organization));
        privileges = new Privileges(application.id(), organization);
        DataverseRoutes routes = new DataverseRoutes(
                new ContactPages(table, changes, settings, json),
                new ContactRoutes(table, operations, counters, Caller.of(application), ids, json),
                new MetadataRoutes(table, settings, audit, webApi),
                new AuditRoutes(table, audit, webApi),
                new RegistrationRoutes(registration, table, webApi),
                privileges,
                new BatchRoute(table, ids, requestIds, webApi),
                faults,
                counters,
                application.id(),
                organization);
        server.serve(new DataverseGate(routes, throttle, counters, tokens, requestIds, server.url()), faults, counters);
    }

    /** On a free port and without an Entra simulator: any bearer token is accepted, none is a 401. */
    public static DataverseSimulator start(Clock clock) {
        return start(clock, 0);
    }

    /** As {@link #start(Clock)}, on this port. */
    public static DataverseSimulator start(Clock clock, int port) {
        return start(clock, port, Optional.empty(), USUAL);
    }

    /** Accepts only unexpired and unrevoked tokens that this Entra issued for {@link #url}. */
    public static DataverseSimulator start(Clock clock, int port, IssuedTokens tokens) {
        return start(clock, port, Optional.of(tokens), USUAL);
    }

    /** Another environment beside the usual one, with an organization, users and ids of its own; on a free port. */
    public static DataverseSimulator another(Clock clock, IssuedTokens tokens) {
        return start(clock, 0, Optional.of(tokens), ANOTHER);
    }

    private static DataverseSimulator start(
            Clock clock, int port, Optional<IssuedTokens> tokens, Environment environment) {
        ContactTable table = new ContactTable(clock);
        return new DataverseSimulator(clock, port, tokens, environment, table, new Registration(table, clock));
    }

    /** {@code http://127.0.0.1:PORT}, which is also the audience of its tokens. */
    public URI url() {
        return server.url();
    }

    /** Adds a column; it is null in existing rows, regardless of its default. */
    public void column(SimulatedColumn column) {
        table.define(column);
    }

    /** What an administrator changes of existing columns. */
    public ColumnAdministration administration() {
        return new ColumnAdministration(table);
    }

    /** Makes these columns an alternate key with an active index. */
    public void alternateKey(String... logicalNames) {
        table.keys().define(List.of(logicalNames));
    }

    /** Sets whether {@code EntityDefinitions} says that If-Match works on contacts. */
    public void optimisticConcurrency(boolean enabled) {
        settings.optimisticConcurrency(enabled);
    }

    /** Sets whether changes are tracked, the default; if not, {@code Prefer: odata.track-changes} is refused. */
    public void changeTracking(boolean enabled) {
        settings.changeTracking(enabled);
    }

    /** Returns at most this many contacts per page even if more are requested; 5000 by default. */
    public void maxRowsPerPage(int most) {
        settings.maxRowsPerPage(most);
    }

    /**
     * Enables auditing for these columns, the table and the environment, as an administrator does. History starts now
     * and covers only these columns.
     *
     * @throws NoSuchElementException if there is no such column
     */
    public void auditing(String... columns) {
        synchronized (table) {
            for (String column : columns) {
                audit.enable(table.column(column).orElseThrow(), member);
            }
        }
    }

    /** Expires all delta links issued so far; otherwise they expire after seven days of the simulator's clock. */
    public void expireDeltaTokens() {
        synchronized (table) {
            changes.expireTokens();
        }
    }

    /**
     * Sets whether the application user has this privilege, for example {@code prvCreateServiceEndpoint}; it has all of
     * them by default.
     *
     * @throws IllegalArgumentException if no request of the simulator needs it
     */
    public void privilege(String name, boolean granted) {
        privileges.set(name, granted);
    }

    /** Sets whether the application user has the role System Administrator; not by default. */
    public void systemAdministrator(boolean assigned) {
        privileges.systemAdministrator(assigned);
    }

    /** Replaces the service protection limits and resets their counts. */
    public void limits(ServiceLimits limits) {
        throttle.limits(limits);
    }

    /**
     * A user creates a contact; missing values get their defaults.
     *
     * @param values may hold {@code contactid}
     * @throws IllegalArgumentException if the app would refuse it
     */
    public UUID addContact(Map<String, ?> values) {
        return staff.add(values);
    }

    /**
     * A user changes a contact; a null value clears the column.
     *
     * @throws NoSuchElementException if there is no such contact
     * @throws IllegalArgumentException if the app would refuse it
     */
    public void editContact(UUID id, Map<String, ?> changes) {
        staff.edit(id, changes);
    }

    /**
     * A user deletes a contact.
     *
     * @throws NoSuchElementException if there is no such contact
     */
    public void deleteContact(UUID id) {
        staff.delete(id);
    }

    /**
     * A user deactivates a contact; {@code statecode} 0 in {@link #editContact} reactivates it.
     *
     * @throws NoSuchElementException if there is no such contact
     */
    public void deactivateContact(UUID id) {
        staff.edit(id, Map.of("statecode", 1));
    }

    /**
     * A user merges two contacts: the subordinate becomes inactive and points to the survivor, which keeps all values
     * but those taken over.
     *
     * @param takenOver values for the survivor, may be empty
     * @throws NoSuchElementException if one of them does not exist
     * @throws IllegalArgumentException if the app would refuse it
     */
    public void mergeContacts(UUID survivor, UUID subordinate, Map<String, ?> takenOver) {
        staff.merge(survivor, subordinate, takenOver);
    }

    /**
     * Adds a customer's plug-in, which writes other columns in the same transaction whenever any user writes this one.
     * It runs before the operation, so that its values are part of the same message.
     *
     * @param reaction maps the written value to the additional columns, in the forms of {@link #editContact}
     * @throws IllegalArgumentException if there is no such column
     */
    public void plugin(String column, Function<@Nullable Object, Map<String, ?>> reaction) {
        plugins.add(column, reaction);
    }

    /**
     * Registers a webhook for Create, Update and Delete of contacts, as an administrator does; returns the endpoint's
     * id.
     *
     * @param headers the headers of every call
     * @param columns the columns of the update filter and of both images
     */
    public UUID registerWebhook(URI url, Map<String, String> headers, String... columns) {
        return new WebhookSetup(registration).register(url, headers, List.of(columns));
    }

    /** Deliveries that failed permanently: Dataverse retries once, and only after 502, 503 and 504. */
    public List<DataverseDelivery> failedJobs() {
        return givenUp();
    }

    /** Sets the server's offset from UTC, by which {@code OperationCreatedOn} is wrong; two hours ahead by default. */
    public void serverOffset(ZoneOffset offset) {
        contexts.offset(offset);
    }

    /** The contact's non-empty columns by logical name; empty if there is no such contact. */
    public Map<String, Object> contact(UUID id) {
        return view.values(id);
    }

    /** {@code W/"5000001"} and so on. */
    public String etag(UUID id) {
        return view.etag(id);
    }

    /** All contacts in the order of their creation. */
    public List<UUID> contactIds() {
        return view.ids();
    }

    public int contactCount() {
        return table.count();
    }

    /** The OrganizationId of {@code WhoAmI} and of every delivery: by default that of the sample deliveries. */
    public UUID organizationId() {
        return organization;
    }

    /** The UserId of {@code WhoAmI}: the author of all changes through the Web API. */
    public UUID applicationUserId() {
        return application.id();
    }

    /** The author of all changes through the methods of this class. */
    public UUID staffUserId() {
        return member.id();
    }

    /** Delays each answer by this much real time, as a network does; for benchmarks. */
    public void latency(Duration time) {
        server.latency(time);
    }

    public DataverseCounters counters() {
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
}
