package io.github.consentbridge.standalone.map;

import io.github.consentbridge.mapping.column.ColumnCodec;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.delivery.ContactChange;
import io.github.consentbridge.mapping.delivery.ContactChange.Kind;
import io.github.consentbridge.mapping.delivery.ContactChoices;
import io.github.consentbridge.mapping.delivery.ContactReading;
import io.github.consentbridge.mapping.delivery.DynamicsReader;
import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.settle.ContactMapping;
import io.github.consentbridge.mapping.settle.MappedColumn;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the choice that a delivery of Dynamics contains for each mapped column, as far as possible without Dataverse: column
 * types are implied, and the change is assumed to come from our environment and not to be the bridge's own.
 */
final class DynamicsMap {
    private final Integration integration;
    private final DynamicsReader reader;

    DynamicsMap(Integration integration) {
        this.integration = integration;
        this.reader = new DynamicsReader(integration);
    }

    DeliveryReport of(String body, String delivery, Instant receivedAt) throws MalformedDeliveryException {
        ContactReading reading = reader.read(body, receivedAt);
        return reading instanceof ContactChange change
                ? of(change, delivery)
                : new DeliveryReport(Side.DYNAMICS, null)
                        .ignoreAll(
                                integration.mappings(),
                                ((ContactReading.Ignored) reading).reason().text());
    }

    private DeliveryReport of(ContactChange change, String delivery) {
        // The key of a merged row is read from the surviving row.
        DeliveryReport report = new DeliveryReport(Side.DYNAMICS, change.merger() == null ? change.key() : null);
        report.initiatedBy(change.initiatingUser());
        report.sentBy(change.organization());
        Map<AttributeName, Choice> choices = choices(change, delivery);
        for (Mapping mapping : integration.mappings()) {
            Optional.ofNullable(choices.get(mapping.column()))
                    .ifPresentOrElse(
                            choice -> report.choose(mapping, choice),
                            () -> report.ignore(mapping, reason(change, mapping)));
        }
        return report;
    }

    /** None for a new contact: its values may be column defaults. */
    private Map<AttributeName, Choice> choices(ContactChange change, String delivery) {
        Map<AttributeName, Choice> choices = new HashMap<>();
        @Nullable Stamp stamp = change.stamp();
        if (stamp != null && change.kind() == Kind.UPDATED && !change.copied()) {
            List<MappedColumn> columns = integration.mappings().stream()
                    .flatMap(mapping -> column(change, mapping).stream())
                    .toList();
            new ContactChoices(ContactMapping.of(columns), Map.of())
                    .of(change, stamp, delivery)
                    .forEach(choice -> choices.put(choice.column(), choice));
        }
        return choices;
    }

    private static Optional<MappedColumn> column(ContactChange change, Mapping mapping) {
        return Optional.ofNullable(change.target().value(mapping.column()))
                .flatMap(value -> ImpliedType.of(mapping, value))
                .map(type -> new MappedColumn(mapping, ColumnCodec.of(mapping, type)));
    }

    private static String reason(ContactChange change, Mapping mapping) {
        if (change.kind() == Kind.DELETED) {
            return "the contact was deleted: on_contact_deleted decides what happens";
        }
        if (!mapping.value().isConsent()) {
            return "properties are not sent to Didomi";
        }
        if (!change.reported()) {
            return "Dynamics omitted the columns: the row is read instead";
        }
        @Nullable String unreadable = change.target().unreadable().get(mapping.column());
        if (unreadable != null) {
            return "a value of type " + unreadable + " is unknown: the row is read instead";
        }
        @Nullable Object value = change.target().value(mapping.column());
        return value == null || value.equals("") ? silence(change, mapping) : reason(change, mapping, value);
    }

    private static String silence(ContactChange change, Mapping mapping) {
        boolean named = change.target().empty().contains(mapping.column())
                || change.target().known().containsKey(mapping.column());
        return named ? "a cleared column is not a choice" : "no choice in this delivery";
    }

    private static String reason(ContactChange change, Mapping mapping, Object value) {
        if (change.copied()) {
            return "a merge copied the value: nobody decided it";
        }
        if (ImpliedType.of(mapping, value).isEmpty()) {
            return ImpliedType.problem(mapping, value);
        }
        if (change.kind() == Kind.CREATED) {
            return "on a new contact this may be the column's default; only the column's metadata can say";
        }
        return change.stamp() == null
                ? "the delivery contains no time: the row is read instead"
                : "the same as before the change";
    }
}
