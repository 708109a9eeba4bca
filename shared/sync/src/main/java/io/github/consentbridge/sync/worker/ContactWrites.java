package io.github.consentbridge.sync.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.dataverse.contact.ContactWrite;
import io.github.consentbridge.connectors.dataverse.contact.WriteResult;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.Confirmation;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.mapping.settle.Settlement.ColumnWrite;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.isolation.Operation;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.worker.LedgerConfirmations.Answer;
import io.github.consentbridge.sync.worker.PersonStage.Known;
import io.github.consentbridge.sync.worker.PersonStage.Planned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what was settled to the contacts, in bulk, and records the answers in the ledger. */
final class ContactWrites {
    private static final Pattern MAX_LENGTH = Pattern.compile("maximum allowed length of '(\\d{1,9})'");

    private final Integration integration;
    private final Connections connections;
    private final LedgerConfirmations confirmations;
    private final SystemPauses pauses;
    private final Outcomes outcomes;

    ContactWrites(
            Integration integration,
            Connections connections,
            LedgerConfirmations confirmations,
            SystemPauses pauses,
            Outcomes outcomes) {
        this.integration = integration;
        this.connections = connections;
        this.confirmations = confirmations;
        this.pauses = pauses;
        this.outcomes = outcomes;
    }

    /**
     * The id of the contact that will be created for a person. The same on every repeat and for every worker, so that
     * the second create is a duplicate; another one once the former contact is deleted.
     */
    UUID plannedId(Known known) {
        OrganizationUserId key = known.key();
        if (integration.contactKey().equals(AttributeName.CONTACT_ID)) {
            return UUID.fromString(key.value().toLowerCase(Locale.ROOT));
        }
        Person person = known.entry().person();
        @Nullable String former = person.contactId();
        if (former != null && isStillPlanned(person)) {
            return UUID.fromString(former);
        }
        String name = "consent-bridge contact\n" + key.value() + "\n" + (former == null ? "" : former);
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    }

    /** Whether the contact that the ledger names was to be created, and it is unknown whether it was. */
    static boolean isStillPlanned(Person person) {
        return person.records().values().stream()
                .flatMap(record -> record.columns().values().stream())
                .flatMap(replica -> replica.pending().stream())
                .anyMatch(write -> write.condition().equals(ContactState.PLANNED));
    }

    /** Writes the contacts of those people whose settlement asks for it; the others go on as they are. */
    List<StepResult<Planned>> write(List<Planned> people) {
        List<Planned> pending = people.stream()
                .filter(person -> !person.settlement().columnWrites().isEmpty())
                .toList();
        List<WriteResult> results = pending.isEmpty()
                ? List.of()
                : connections
                        .dataverse()
                        .write(pending.stream().map(this::contactWrite).toList());
        Map<OrganizationUserId, StepResult<Planned>> written = confirmed(pending, results);
        return people.stream()
                .map(person -> written.getOrDefault(person.key(), new StepResult.Next<>(person)))
                .toList();
    }

    private Map<OrganizationUserId, StepResult<Planned>> confirmed(List<Planned> pending, List<WriteResult> results) {
        SystemPauses.RecordResults records = recorded(pending, results);
        List<Answer> answers = new ArrayList<>();
        List<Planned> landed = new ArrayList<>();
        Map<OrganizationUserId, StepResult<Planned>> confirmed = new HashMap<>();
        for (int index = 0; index < pending.size(); index++) {
            Planned person = pending.get(index);
            WriteResult result = results.get(index);
            answer(person, result).ifPresent(change -> answers.add(new Answer(person.entry(), change)));
            if (result instanceof WriteResult.Written) {
                landed.add(person);
            } else {
                confirmed.put(person.key(), unwritten(person, result, records));
            }
        }
        Map<OrganizationUserId, LedgerEntry> entries = confirmations.save(answers);
        for (Planned person : landed) {
            outcomes.contactWritten(person);
            LedgerEntry entry = entries.getOrDefault(person.key(), person.entry());
            confirmed.put(person.key(), new StepResult.Next<>(person.with(entry).applied(person.columnChanges())));
        }
        return confirmed;
    }

    /** Any answer but a failure shows that writes work. */
    private SystemPauses.RecordResults recorded(List<? extends PersonStage> people, List<WriteResult> results) {
        SystemPauses.RecordResults records = pauses.results(
                Operation.CONTACT_WRITE, () -> connections.dataverse().probe().batches());
        for (int index = 0; index < results.size(); index++) {
            String person = people.get(index).key().value();
            if (results.get(index) instanceof WriteResult.Failed failed) {
                records.failed(person, failed.cause());
            } else {
                records.succeeded(person);
            }
        }
        return records;
    }

    /** How the answer changes the ledger; empty if it does not say whether the write landed. */
    private static Optional<UnaryOperator<Person>> answer(Planned planned, WriteResult result) {
        List<ColumnWrite> columns = planned.settlement().columnWrites();
        if (result instanceof WriteResult.Written) {
            return Optional.of(person -> Confirmation.written(person, columns));
        }
        boolean open = result instanceof WriteResult.Failed
                || result instanceof WriteResult.Uncertain
                || isHidden(planned, result);
        return open ? Optional.empty() : Optional.of(person -> Confirmation.notWritten(person, columns));
    }

    /** The contact was said to exist, was searched for, and was not found. */
    private static boolean isHidden(Planned person, WriteResult result) {
        return result instanceof WriteResult.Duplicate && person.open().duplicate();
    }

    private StepResult<Planned> unwritten(Planned person, WriteResult result, SystemPauses.RecordResults records) {
        if (result instanceof WriteResult.Rejected rejected) {
            return person.ended(
                    new DeliveryOutcome.Dead(refusal(person.settlement().columnWrites(), rejected)));
        }
        if (result instanceof WriteResult.Failed failed) {
            return person.ended(records.outcome(person.key().value(), failed.cause()));
        }
        if (result instanceof WriteResult.Duplicate duplicate && person.open().duplicate()) {
            return person.ended(new DeliveryOutcome.Dead(hidden(duplicate)));
        }
        outcomes.conflict(person.key());
        return new StepResult.Again<>(person.open().withDuplicate(result instanceof WriteResult.Duplicate));
    }

    private ContactWrite contactWrite(Planned person) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        person.settlement()
                .columnWrites()
                .forEach(write -> values.put(write.column().logicalName(), write.columnValue()));
        @Nullable ContactRow row = person.contact();
        if (row != null) {
            return new ContactWrite.Update(row.id(), row.etag(), values);
        }
        String keyColumn = integration.contactKey().logicalName();
        Map<String, Object> all = new LinkedHashMap<>();
        if (!keyColumn.equals(AttributeName.CONTACT_ID.logicalName())) {
            all.put(keyColumn, person.key().value());
        }
        values.forEach((name, value) -> {
            if (value != null) {
                all.put(name, value);
            }
        });
        return new ContactWrite.Create(plannedId(person), all);
    }

    private static String hidden(WriteResult.Duplicate duplicate) {
        return "Dataverse has a contact that it takes for the same (" + duplicate.code() + "), but finds none with this"
                + " organization user id: correct that contact's key, or set key_case to lower if only the case differs";
    }

    /** Names the columns, the lengths of their texts, and the limit if Dataverse names one; never a value. */
    private static String refusal(List<ColumnWrite> columns, WriteResult.Rejected rejected) {
        String names = columns.stream()
                .map(write -> write.column().logicalName()
                        + (write.columnValue() instanceof String text ? " (" + text.length() + " characters)" : ""))
                .collect(Collectors.joining(", "));
        Matcher limit = MAX_LENGTH.matcher(rejected.message());
        return "Dataverse refused the change of " + names + " with " + rejected.status()
                + (rejected.code().isEmpty() ? "" : " " + rejected.code())
                + (limit.find() ? ": at most " + limit.group(1) + " characters are allowed" : "");
    }

    /** Sets mapped columns of a person's contact to null. */
    WriteResult clear(ContactRow row, List<String> columns) {
        Map<String, @Nullable Object> nothing = new LinkedHashMap<>();
        columns.forEach(column -> nothing.put(column, null));
        return connections
                .dataverse()
                .write(List.of(new ContactWrite.Update(row.id(), row.etag(), nothing)))
                .get(0);
    }

    /** What becomes of a person for whom that failed. */
    DeliveryOutcome notCleared(PersonStage person, WriteResult.Failed failed) {
        return recorded(List.of(person), List.of(failed)).outcome(person.key().value(), failed.cause());
    }
}
