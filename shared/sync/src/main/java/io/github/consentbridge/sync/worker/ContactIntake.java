package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.http.Bisection;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ClockRule;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.CopiedValue;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.delivery.ContactChange;
import io.github.consentbridge.mapping.delivery.ContactChange.Kind;
import io.github.consentbridge.mapping.delivery.ContactChoices;
import io.github.consentbridge.mapping.delivery.Reading.Reason;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.ContactRows;
import io.github.consentbridge.sync.connections.ContactSchema;
import io.github.consentbridge.sync.connections.SchemaSource;
import io.github.consentbridge.sync.isolation.Operation;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerKey;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.worker.BatchIntake.Result;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads what deliveries of Dynamics say of people. If a delivery lacks the key, the time or a value, the row is read; the
 * rows of a batch are read together.
 *
 * <p>Changes made by our own application user are observations, not choices: a plug-in that reacts to our writes acts in
 * our name, and change detection has to find what it changed. What a merge copied is no choice either.
 */
final class ContactIntake {
    private static final String NO_KEY = "contact has no organization user id";

    private final Integration integration;
    private final SchemaSource schemas;
    private final Connections connections;
    private final ConsentLedger ledger;
    private final SystemPauses pauses;
    private final OutcomeLog outcomeLog;
    private final Clock clock;
    private final Outcomes outcomes;

    ContactIntake(
            Integration integration,
            SchemaSource schemas,
            Connections connections,
            ConsentLedger ledger,
            SystemPauses pauses,
            OutcomeLog outcomeLog,
            Outcomes outcomes,
            Clock clock) {
        this.integration = integration;
        this.schemas = schemas;
        this.connections = connections;
        this.ledger = ledger;
        this.pauses = pauses;
        this.outcomeLog = outcomeLog;
        this.clock = clock;
        this.outcomes = outcomes;
    }

    /**
     * Leaves out what another environment sent: a copy of ours has the same endpoint, steps and key.
     *
     * @throws RemoteException if Dataverse fails for all of them, or does not give what is needed beside them
     */
    Result read(Map<Delivery, ContactChange> changes) {
        if (changes.isEmpty()) {
            return new Result(List.of(), Map.of());
        }
        UUID environment = connections.whoAmI().organizationId();
        Map<Delivery, ContactChange> ours = new LinkedHashMap<>(changes);
        ours.values().removeIf(change -> !change.isFrom(environment));
        Result read = ours.isEmpty() ? new Result(List.of(), Map.of()) : readOurs(ours, reader());
        Map<Delivery, DeliveryOutcome> foreign = new LinkedHashMap<>();
        changes.keySet().stream()
                .filter(delivery -> !ours.containsKey(delivery))
                .forEach(
                        delivery -> foreign.put(delivery, outcomes.ignored(delivery, Reason.ANOTHER_ORGANIZATION, "")));
        return read.and(new Result(List.of(), foreign));
    }

    /** What is needed to read any delivery: the columns' types and our own application user. */
    private ChangeReader reader() {
        ContactSchema schema = schemas.schema();
        return new ChangeReader(
                schema,
                new ContactChoices(schema.mapping(), schema.defaults()),
                connections.whoAmI().userId());
    }

    /**
     * Reads deliveries, and the rows that they need in one request. If that fails, ever fewer rows are read, until those
     * that cannot be read are alone.
     *
     * @throws RemoteException if Dataverse fails for all of them, or a column no longer exists
     */
    private Result readOurs(Map<Delivery, ContactChange> changes, ChangeReader reader) {
        changes.forEach(this::logUnreadable);
        RowReads reads = new RowReads(reader);
        Bisection<Map.Entry<Delivery, ContactChange>, Completed> search =
                new Bisection<>(List.copyOf(changes.entrySet()), reads);
        List<Completed> completed = search.send();
        if (search.stopCause().isPresent() && !search.hasSuccess()) {
            throw search.stopCause().get();
        }
        return result(completed, reader, reads.recorded(completed));
    }

    private Result result(List<Completed> completed, ChangeReader reader, SystemPauses.RecordResults results) {
        List<PersonNews> people = new ArrayList<>();
        Map<Delivery, DeliveryOutcome> finished = new LinkedHashMap<>();
        for (Completed each : completed) {
            ContactChange change = each.change();
            Optional<OrganizationUserId> key = each.failure() == null ? key(change) : Optional.empty();
            Optional<String> nobody =
                    key.flatMap(person -> integration.ignoredKeys().match(person.value()));
            if (each.failure() != null) {
                String contact = change.contactId().toString();
                finished.put(each.delivery(), results.outcome(contact, each.failure()));
            } else if (nobody.isPresent()) {
                finished.put(each.delivery(), outcomes.ignored(each.delivery(), Reason.NAMES_NOBODY, nobody.get()));
            } else if (key.isPresent()) {
                people.add(PersonNews.of(key.get(), each.delivery(), reader.news(change, each.delivery())));
            } else {
                boolean lost = reader.hasNews(change, each.delivery());
                finished.put(each.delivery(), lost ? new DeliveryOutcome.Dead(NO_KEY) : new DeliveryOutcome.Done());
            }
        }
        return new Result(people, finished);
    }

    /** A change with what its row adds, or why the row could not be read. */
    private record Completed(
            Delivery delivery,
            ContactChange change,
            boolean rowRead,
            @Nullable RemoteException failure) {}

    private final class RowReads implements Bisection.Requests<Map.Entry<Delivery, ContactChange>, Completed> {
        private final ChangeReader reader;

        RowReads(ChangeReader reader) {
            this.reader = reader;
        }

        @Override
        public List<Completed> send(List<Map.Entry<Delivery, ContactChange>> group) {
            return completed(group, reader);
        }

        @Override
        public Completed alone(Map.Entry<Delivery, ContactChange> change, RemoteException failure) {
            return new Completed(change.getKey(), change.getValue(), false, failure);
        }

        @Override
        public Completed stopped(Map.Entry<Delivery, ContactChange> change, RemoteException failure) {
            return alone(change, failure);
        }

        @Override
        public void probe() {
            connections.dataverse().probe().reads();
        }

        @Override
        public boolean concernsAll(RemoteException failure) {
            return !failure.canConcernOneRecord() || SchemaSource.lacksColumn(failure);
        }

        /** Only rows that were read say that contacts can be read. */
        SystemPauses.RecordResults recorded(List<Completed> completed) {
            SystemPauses.RecordResults results = pauses.results(Operation.CONTACT_READ, this::probe);
            for (Completed each : completed) {
                String contact = each.change().contactId().toString();
                if (each.failure() != null) {
                    results.failed(contact, each.failure());
                } else if (each.rowRead()) {
                    results.succeeded(contact);
                }
            }
            return results;
        }
    }

    /** Whether another try makes sense: the credentials have changed, or a column no longer exists. */
    boolean canTryAgain(RemoteException failure) {
        return connections.refreshAfter(failure) || schemas.forgetAfter(failure);
    }

    private List<Completed> completed(List<Map.Entry<Delivery, ContactChange>> changes, ChangeReader reader) {
        Set<UUID> ids = new LinkedHashSet<>();
        for (Map.Entry<Delivery, ContactChange> each : changes) {
            ContactChange change = each.getValue();
            if (reader.needsRow(change, each.getKey())) {
                ids.add(change.contactId());
                Optional.ofNullable(change.merger())
                        .map(ContactChange.Merger::survivor)
                        .ifPresent(ids::add);
            }
        }
        ContactRows rows = ContactRows.read(
                connections.dataverse(), ids, columns(reader.schema()), new ClockRule(clock.instant()));
        return changes.stream()
                .map(each -> completed(each.getKey(), each.getValue(), rows, ids))
                .toList();
    }

    private Completed completed(Delivery delivery, ContactChange change, ContactRows rows, Set<UUID> read) {
        ContactChange whole = change.needsRow() ? completed(change, rows) : change;
        return new Completed(delivery, whole, read.contains(change.contactId()), null);
    }

    private Set<String> columns(ContactSchema schema) {
        Set<String> columns = new LinkedHashSet<>(schema.columnNames());
        columns.add(integration.contactKey().logicalName());
        return columns;
    }

    private ContactChange completed(ContactChange change, ContactRows rows) {
        AttributeName keyColumn = integration.contactKey();
        ContactChange byRow = rows.row(change.contactId())
                .map(row -> change.completedBy(row, keyColumn))
                .orElse(change);
        ContactChange.@Nullable Merger merger = change.merger();
        if (merger == null && change.key() != null) {
            return byRow;
        }
        UUID next = merger == null || merger.survivor() == null ? change.contactId() : merger.survivor();
        // A choice on a merged row is a choice of the person the surviving contact represents.
        return rows.survivor(next)
                .map(survivor -> byRow.withKey(keyOf(survivor)))
                .orElse(byRow);
    }

    private @Nullable String keyOf(ContactState row) {
        @Nullable Object key = row.values().get(integration.contactKey());
        return key == null || key.toString().isBlank() ? null : key.toString();
    }

    private Optional<OrganizationUserId> key(ContactChange change) {
        Optional<OrganizationUserId> told = Optional.ofNullable(change.key()).map(OrganizationUserId::new);
        boolean named = told.isPresent()
                && integration.ignoredKeys().match(told.get().value()).isEmpty();
        Optional<OrganizationUserId> linked = named || change.kind() != Kind.DELETED
                ? told
                : ledger.personOf(change.contactId().toString()).or(() -> told);
        return linked.map(spelled -> LedgerKey.of(integration, spelled.value()));
    }

    private void logUnreadable(Delivery delivery, ContactChange change) {
        change.target().unreadable().forEach((column, type) -> {
            outcomeLog.count(Metric.UNREADABLE_VALUES, Side.DIDOMI, 1);
            outcomeLog.log(
                    "unreadable value",
                    null,
                    LogFields.of("mapping", column.logicalName())
                            .and("type", type)
                            .and("delivery", delivery.id()));
        });
    }

    /** Reads single changes, knowing the columns' types and our own application user. */
    record ChangeReader(ContactSchema schema, ContactChoices choices, UUID ourselves) {

        private boolean isOurs(ContactChange change) {
            return ourselves.equals(change.initiatingUser());
        }

        ContactNews news(ContactChange change, Delivery delivery) {
            boolean deleted = change.kind() == Kind.DELETED && !isOurs(change);
            return new ContactNews(chosen(change, delivery), copied(change), deleted ? delivery.receivedAt() : null);
        }

        private List<Choice> chosen(ContactChange change, Delivery delivery) {
            return isOurs(change) || change.copied() || change.kind() == Kind.DELETED || change.stamp() == null
                    ? List.of()
                    : choices.of(change, change.stamp(), delivery.id());
        }

        private List<CopiedValue> copied(ContactChange change) {
            return change.copied() && change.kind() != Kind.DELETED && change.stamp() != null
                    ? choices.copied(change, change.stamp())
                    : List.of();
        }

        /** Whether something would be lost if the delivery were dropped. */
        boolean hasNews(ContactChange change, Delivery delivery) {
            ContactNews news = news(change, delivery);
            boolean incomplete =
                    !change.reported() || !change.target().unreadable().isEmpty();
            return !isOurs(change)
                    && !change.copied()
                    && (incomplete || !news.choices().isEmpty());
        }

        /** Most new contacts are people Didomi does not know: if only defaults are set, the row is not worth a request. */
        boolean needsRow(ContactChange change, Delivery delivery) {
            boolean fresh = change.kind() == Kind.CREATED && change.stamp() != null;
            return change.needsRow() && !(fresh && change.merger() == null && !hasNews(change, delivery));
        }
    }
}
