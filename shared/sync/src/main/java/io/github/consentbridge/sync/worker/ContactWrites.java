package io.github.consentbridge.sync.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.dataverse.contact.ContactWrite;
import io.github.consentbridge.connectors.dataverse.contact.Refusal;
import io.github.consentbridge.connectors.dataverse.contact.WriteAttempt;
import io.github.consentbridge.connectors.dataverse.contact.WriteResult;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.Confirmation;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.mapping.settle.Settlement.ColumnWrite;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.history.HistoryFacts;
import io.github.consentbridge.sync.history.WrittenColumn;
import io.github.consentbridge.sync.isolation.Operation;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.worker.LedgerConfirmations.Answer;
import io.github.consentbridge.sync.worker.PersonStage.Known;
import io.github.consentbridge.sync.worker.PersonStage.Planned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what was settled to the contacts, in bulk, and records the answers in the ledger. */
final class ContactWrites {
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

    /** One person's write: what is sent now, and what Dataverse refused before. */
    private record Attempt(Planned person, WriteAttempt write) {
        /** The columns that the ledger must know as pending while this is sent. */
        List<ColumnWrite> columns() {
            if (write.isOver()) {
                return List.of();
            }
            Set<String> leftOut = write.leftOut();
            return person.settlement().columnWrites().stream()
                    .filter(column -> !leftOut.contains(column.column().logicalName()))
                    .toList();
        }

        /** What the history records of the answer: nothing was written unless it says so. */
        HistoryFacts facts(WriteResult result) {
            if (!(result instanceof WriteResult.Written)) {
                return HistoryFacts.written(Map.of());
            }
            @Nullable ContactRow row = person.contact();
            String contactId = requireNonNull(person.settlement().person().contactId(), "contact");
            Map<AttributeName, WrittenColumn> written = new HashMap<>();
            columns()
                    .forEach(column -> written.put(
                            column.column(),
                            new WrittenColumn(
                                    contactId,
                                    row == null
                                            ? null
                                            : row.values().get(column.column().logicalName()),
                                    column.columnValue())));
            return HistoryFacts.written(written);
        }

        List<ColumnWrite> columnsNotIn(Attempt other) {
            List<ColumnWrite> left = new ArrayList<>(columns());
            left.removeAll(other.columns());
            return left;
        }

        /** Columns that we may not write, and so may not be able to read. */
        List<ColumnWrite> hidden() {
            Set<String> names = write.refusals().stream()
                    .filter(Refusal::isColumnSecurity)
                    .flatMap(refusal -> refusal.columns().stream())
                    .collect(Collectors.toSet());
            return person.settlement().columnWrites().stream()
                    .filter(column -> names.contains(column.column().logicalName()))
                    .toList();
        }

        Attempt after(WriteResult result) {
            return result instanceof WriteResult.Rejected rejected ? new Attempt(person, write.after(rejected)) : this;
        }

        Attempt with(LedgerEntry entry) {
            return new Attempt(person.with(entry), write);
        }
    }

    /**
     * Writes the contacts of those people whose settlement asks for it; the others go on as they are. What Dataverse
     * refuses for good is remembered with the person, who goes on with the rest.
     */
    List<StepResult<Planned>> write(List<Planned> people) {
        Map<OrganizationUserId, StepResult<Planned>> ended = new HashMap<>();
        List<Attempt> open = people.stream()
                .filter(person -> !person.settlement().columnWrites().isEmpty())
                .map(person -> new Attempt(
                        person,
                        WriteAttempt.of(
                                contactWrite(person), integration.contactKey().logicalName())))
                .toList();
        while (!open.isEmpty()) {
            open = send(open, ended);
        }
        return people.stream()
                .map(person -> ended.getOrDefault(person.key(), new StepResult.Next<>(person)))
                .toList();
    }

    /**
     * Sends these, records the answers in the ledger, and adds the people who are through with it.
     *
     * @return what is to be sent next, without columns that were refused
     */
    private List<Attempt> send(List<Attempt> attempts, Map<OrganizationUserId, StepResult<Planned>> ended) {
        List<WriteResult> results = connections
                .dataverse()
                .write(attempts.stream().map(each -> each.write().write()).toList());
        List<Attempt> next = new ArrayList<>();
        List<Answer> answers = new ArrayList<>();
        for (int index = 0; index < attempts.size(); index++) {
            Attempt sent = attempts.get(index);
            Attempt after = sent.after(results.get(index));
            next.add(after);
            WriteResult result = results.get(index);
            answer(sent, after, result)
                    .ifPresent(change -> answers.add(new Answer(sent.person().entry(), change, sent.facts(result))));
        }
        Map<OrganizationUserId, LedgerEntry> entries = confirmations.save(answers);
        SystemPauses.RecordResults records =
                recorded(attempts.stream().map(Attempt::person).toList(), results);
        List<Attempt> open = new ArrayList<>();
        for (int index = 0; index < next.size(); index++) {
            Planned person = next.get(index).person();
            Attempt after = next.get(index).with(entries.getOrDefault(person.key(), person.entry()));
            WriteResult result = results.get(index);
            if (result instanceof WriteResult.Rejected && !after.write().isOver()) {
                open.add(after);
            } else {
                ended.put(person.key(), ended(after, result, records));
            }
        }
        return open;
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
    private static Optional<UnaryOperator<Person>> answer(Attempt sent, Attempt after, WriteResult result) {
        List<ColumnWrite> columns = sent.columns();
        if (result instanceof WriteResult.Written) {
            return Optional.of(person -> Confirmation.written(person, columns));
        }
        if (result instanceof WriteResult.Rejected) {
            return Optional.of(person -> Confirmation.hidden(
                    Confirmation.repeated(
                            Confirmation.notWritten(person, sent.columnsNotIn(after)), after.columnsNotIn(sent)),
                    after.hidden()));
        }
        boolean open = result instanceof WriteResult.Failed
                || result instanceof WriteResult.Uncertain
                || isHidden(sent.person(), result);
        return open ? Optional.empty() : Optional.of(person -> Confirmation.notWritten(person, columns));
    }

    /** The contact was said to exist, was searched for, and was not found. */
    private static boolean isHidden(Planned person, WriteResult result) {
        return result instanceof WriteResult.Duplicate && person.open().duplicate();
    }

    private StepResult<Planned> ended(Attempt attempt, WriteResult result, SystemPauses.RecordResults records) {
        if (result instanceof WriteResult.Written written) {
            Planned person = attempt.person().without(columnsNotIn(attempt));
            outcomes.contactWritten(person, written.requestId());
            return refused(
                    attempt,
                    person.applied(person.columnChanges()),
                    attempt.write().refusalsIfWritten());
        }
        if (result instanceof WriteResult.Rejected) {
            Planned person = attempt.person().without(columnsNotIn(attempt));
            return refused(attempt, person, attempt.write().refusals());
        }
        return unwritten(attempt.person(), result, records);
    }

    /** The columns that were settled to be written, and were not sent last. */
    private static Set<AttributeName> columnsNotIn(Attempt attempt) {
        Set<AttributeName> columns = new HashSet<>();
        attempt.person().settlement().columnWrites().forEach(column -> columns.add(column.column()));
        attempt.columns().forEach(column -> columns.remove(column.column()));
        return columns;
    }

    private StepResult<Planned> refused(Attempt attempt, Planned person, List<Refusal> refusals) {
        refusals.forEach(refusal -> outcomes.refused(person.key(), refusal));
        return new StepResult.Next<>(person.refused(refusals.stream()
                .map(refusal -> sentence(attempt.person(), refusal))
                .toList()));
    }

    private StepResult<Planned> unwritten(Planned person, WriteResult result, SystemPauses.RecordResults records) {
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
    private String sentence(Planned person, Refusal refusal) {
        String keyColumn = integration.contactKey().logicalName();
        Map<String, @Nullable Object> values = new HashMap<>();
        person.settlement()
                .columnWrites()
                .forEach(write -> values.put(write.column().logicalName(), write.columnValue()));
        values.putIfAbsent(keyColumn, person.key().value());
        String columns = refusal.columns().stream()
                .map(name ->
                        values.get(name) instanceof String text ? name + " (" + text.length() + " characters)" : name)
                .collect(Collectors.joining(", "));
        return refusal.columns().equals(Set.of(keyColumn)) && person.contact() == null
                ? "Dataverse refused the key column " + columns + " of a new contact " + refusal.reason()
                : "Dataverse refused the change of " + columns + " " + refusal.reason();
    }

    /** What becomes of a person whose contact could not be cleared. */
    DeliveryOutcome notCleared(PersonStage person, WriteResult.Failed failed) {
        return recorded(List.of(person), List.of(failed)).outcome(person.key().value(), failed.cause());
    }
}
