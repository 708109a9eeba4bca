package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.delivery.ContactChange;
import io.github.consentbridge.mapping.delivery.ContactChange.Kind;
import io.github.consentbridge.mapping.delivery.ContactChoices;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.ContactRows;
import io.github.consentbridge.sync.connections.ContactSchema;
import io.github.consentbridge.sync.connections.SchemaSource;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.Delivery;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes news of people of what Dynamics told. Where a delivery leaves out whom it concerns, when it happened or what
 * was chosen, the row is read, those of a batch together.
 *
 * <p>What our own application user did is looked at, not believed: its writes are no choices, but a plug-in that answers
 * them acts in its name, and what it changed has to be noticed.
 */
final class ContactIntake {
    private static final String NO_KEY = "contact has no organization user id";

    private final Integration integration;
    private final SchemaSource schemas;
    private final Connections connections;
    private final ConsentLedger ledger;
    private final OutcomeLog outcomeLog;

    ContactIntake(
            Integration integration,
            SchemaSource schemas,
            Connections connections,
            ConsentLedger ledger,
            OutcomeLog outcomeLog) {
        this.integration = integration;
        this.schemas = schemas;
        this.connections = connections;
        this.ledger = ledger;
        this.outcomeLog = outcomeLog;
    }

    /**
     * Adds the news to the people; deliveries that concern nobody get their fate.
     *
     * @throws io.github.consentbridge.connectors.http.RemoteException before anything is added
     */
    void take(Map<Delivery, ContactChange> changes, People people, Map<Delivery, DeliveryOutcome> deliveryOutcomes) {
        if (changes.isEmpty()) {
            return;
        }
        ContactSchema schema = schemas.schema();
        Glance glance = new Glance(
                schema, new ContactChoices(schema.mapping(), schema.defaults()), connections.applicationUser());
        Map<Delivery, ContactChange> completed = completed(changes, glance);
        changes.forEach(this::tellUnreadable);
        completed.forEach((delivery, change) -> {
            ContactNews news = glance.news(change, delivery);
            Optional<String> key = key(change);
            if (key.isPresent()) {
                people.add(delivery, key.get(), news);
            } else {
                deliveryOutcomes.put(
                        delivery,
                        glance.matters(change, delivery)
                                ? new DeliveryOutcome.Dead(NO_KEY)
                                : new DeliveryOutcome.Done());
            }
        });
    }

    /** Whether what stood in the way may be gone by now: wrong credentials, or a column that no longer exists. */
    boolean canTryAgain(RemoteException failure) {
        return connections.refreshAfter(failure) || schemas.forgetAfter(failure);
    }

    private Map<Delivery, ContactChange> completed(Map<Delivery, ContactChange> changes, Glance glance) {
        Set<UUID> ids = new LinkedHashSet<>();
        changes.forEach((delivery, change) -> {
            if (glance.needsRow(change, delivery)) {
                ids.add(change.contactId());
                Optional.ofNullable(change.merger())
                        .map(ContactChange.Merger::survivor)
                        .ifPresent(ids::add);
            }
        });
        ContactRows rows = ContactRows.read(connections.dataverse(), ids, columns(glance.schema()));
        Map<Delivery, ContactChange> completed = new LinkedHashMap<>();
        changes.forEach(
                (delivery, change) -> completed.put(delivery, change.needsRow() ? completed(change, rows) : change));
        return completed;
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
        // What was chosen on a merged row was chosen by whom the survivor stands for now.
        return rows.survivor(next)
                .map(survivor -> byRow.withKey(keyOf(survivor)))
                .orElse(byRow);
    }

    private @Nullable String keyOf(ContactState row) {
        @Nullable Object key = row.values().get(integration.contactKey());
        return key == null || key.toString().isBlank() ? null : key.toString();
    }

    private Optional<String> key(ContactChange change) {
        return change.key() == null && change.kind() == Kind.DELETED
                ? ledger.personOf(change.contactId().toString()).map(OrganizationUserId::value)
                : Optional.ofNullable(change.key());
    }

    private void tellUnreadable(Delivery delivery, ContactChange change) {
        change.target().unreadable().forEach((column, type) -> {
            outcomeLog.count(Metric.UNREADABLE_VALUES, Side.DIDOMI, 1);
            outcomeLog.tell(
                    "unreadable value",
                    null,
                    LogFields.of("mapping", column.logicalName())
                            .and("type", type)
                            .and("delivery", delivery.id()));
        });
    }

    /** How deliveries look with the columns' types and our own user in mind. */
    private record Glance(ContactSchema schema, ContactChoices choices, UUID ourselves) {

        private boolean isOurs(ContactChange change) {
            return ourselves.equals(change.initiatingUser());
        }

        ContactNews news(ContactChange change, Delivery delivery) {
            boolean deleted = change.kind() == Kind.DELETED && !isOurs(change);
            return new ContactNews(chosen(change, delivery), broken(change), deleted ? delivery.receivedAt() : null);
        }

        private List<Choice> chosen(ContactChange change, Delivery delivery) {
            return isOurs(change) || change.kind() == Kind.DELETED || change.stamp() == null
                    ? List.of()
                    : choices.of(change, change.stamp(), delivery.id());
        }

        /** A new row has all columns filled by itself, so only a change of one says something. */
        private Set<ConsentRecordId> broken(ContactChange change) {
            if (isOurs(change) || change.kind() != Kind.UPDATED) {
                return Set.of();
            }
            return schema.unfitting().stream()
                    .filter(mapping -> isChanged(change, mapping.column()))
                    .map(ConsentRecordId::of)
                    .collect(Collectors.toSet());
        }

        private static boolean isChanged(ContactChange change, AttributeName column) {
            @Nullable Object value = change.target().value(column);
            return value != null && !value.equals(change.before().value(column));
        }

        /** Whether something would be lost if the delivery were dropped. */
        boolean matters(ContactChange change, Delivery delivery) {
            ContactNews news = news(change, delivery);
            boolean untold = !change.reported() || !change.target().unreadable().isEmpty();
            return !isOurs(change)
                    && (untold || !news.choices().isEmpty() || !news.broken().isEmpty());
        }

        /** Most new contacts are nobody's whom Didomi knows: with their defaults only, they are not worth a request. */
        boolean needsRow(ContactChange change, Delivery delivery) {
            boolean fresh = change.kind() == Kind.CREATED && change.stamp() != null;
            return change.needsRow() && !(fresh && change.merger() == null && !matters(change, delivery));
        }
    }
}
