package io.github.consentbridge.sync.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.connectors.dataverse.contact.ContactWrite;
import io.github.consentbridge.connectors.dataverse.contact.WriteResult;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.settle.Confirmation;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.mapping.settle.Settlement;
import io.github.consentbridge.mapping.settle.Settlement.ColumnWrite;
import io.github.consentbridge.sync.connections.Connections;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what was settled to the contacts, in bulk, and records what came of it. */
final class ContactWrites {
    private static final Pattern LONGEST_ALLOWED = Pattern.compile("maximum allowed length of '(\\d{1,9})'");

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
     * the second create is a duplicate; another one once the former contact is gone.
     */
    UUID plannedId(PersonTask task) {
        if (integration.contactKey().logicalName().equals("contactid")) {
            return UUID.fromString(task.key.value().toLowerCase(Locale.ROOT));
        }
        Person person = requireNonNull(task.entry).person();
        @Nullable String former = person.contactId();
        if (former != null && isStillPlanned(person)) {
            return UUID.fromString(former);
        }
        String name = "consent-bridge contact\n" + task.key.value() + "\n" + (former == null ? "" : former);
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    }

    /** Whether the contact that the ledger names was to be created, and we do not know whether it was. */
    static boolean isStillPlanned(Person person) {
        return person.records().values().stream()
                .flatMap(record -> record.columns().values().stream())
                .flatMap(replica -> replica.pending().stream())
                .anyMatch(write -> write.condition().equals(ContactState.PLANNED));
    }

    /** Writes the contacts of these people; who has to be settled again is marked, who is finished has a fate. */
    void write(List<PersonTask> tasks) {
        List<PersonTask> pending = tasks.stream()
                .filter(task -> !requireNonNull(task.settlement).columnWrites().isEmpty())
                .toList();
        if (pending.isEmpty()) {
            return;
        }
        DataverseClient dataverse = connections.dataverse();
        List<WriteResult> results =
                dataverse.write(pending.stream().map(this::contactWrite).toList());
        Map<PersonTask, UnaryOperator<Person>> answers = new LinkedHashMap<>();
        List<PersonTask> done = new ArrayList<>();
        @Nullable Duration pause = null;
        for (int index = 0; index < pending.size(); index++) {
            PersonTask task = pending.get(index);
            WriteResult result = results.get(index);
            List<ColumnWrite> columns = requireNonNull(task.settlement).columnWrites();
            if (result instanceof WriteResult.Written) {
                answers.put(task, person -> Confirmation.written(person, columns));
                done.add(task);
            } else if (result instanceof WriteResult.Rejected rejected) {
                answers.put(task, person -> Confirmation.notWritten(person, columns));
                task.end(new DeliveryOutcome.Dead(refusal(columns, rejected)));
            } else if (result instanceof WriteResult.Duplicate duplicate && task.duplicate) {
                task.end(new DeliveryOutcome.Dead(hidden(duplicate)));
            } else if (result instanceof WriteResult.Failed failed) {
                pause = failed(task, failed, pause);
            } else {
                task.again = true;
                task.duplicate = result instanceof WriteResult.Duplicate;
                answers.put(task, person -> Confirmation.notWritten(person, columns));
                outcomes.conflict(task);
            }
        }
        confirmations.save(answers);
        done.forEach(outcomes::contactWritten);
    }

    private ContactWrite contactWrite(PersonTask task) {
        Settlement settlement = requireNonNull(task.settlement);
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        settlement.columnWrites().forEach(write -> values.put(write.column().logicalName(), write.columnValue()));
        @Nullable ContactRow row = task.contact;
        if (row != null) {
            return new ContactWrite.Update(row.id(), row.etag(), values);
        }
        String keyColumn = integration.contactKey().logicalName();
        Map<String, Object> all = new LinkedHashMap<>();
        if (!keyColumn.equals("contactid")) {
            all.put(keyColumn, task.key.value());
        }
        values.forEach((name, value) -> {
            if (value != null) {
                all.put(name, value);
            }
        });
        return new ContactWrite.Create(plannedId(task), all);
    }

    /** It was said to be there, was looked for, and was not found. */
    private static String hidden(WriteResult.Duplicate duplicate) {
        return "Dataverse has a contact that it takes for the same (" + duplicate.code() + "), but finds none with this"
                + " organization user id: correct that contact's key, or set key_case to lower if only the case differs";
    }

    /** Which columns, how long their texts are, and the limit if Dataverse names one: nothing of the values. */
    private static String refusal(List<ColumnWrite> columns, WriteResult.Rejected rejected) {
        String names = columns.stream()
                .map(write -> write.column().logicalName()
                        + (write.columnValue() instanceof String text ? " (" + text.length() + " characters)" : ""))
                .collect(Collectors.joining(", "));
        Matcher limit = LONGEST_ALLOWED.matcher(rejected.message());
        return "Dataverse refused the change of " + names + " with " + rejected.status()
                + (rejected.code().isEmpty() ? "" : " " + rejected.code())
                + (limit.find() ? ": at most " + limit.group(1) + " characters are allowed" : "");
    }

    private @Nullable Duration failed(PersonTask task, WriteResult.Failed failed, @Nullable Duration pause) {
        if (!failed.cause().concernsSystem()) {
            task.end(new DeliveryOutcome.Failed(String.valueOf(failed.cause().getMessage())));
            return pause;
        }
        Duration wait = pause == null ? pauses.pause(failed.cause()) : pause;
        task.end(new DeliveryOutcome.Postponed(wait));
        return wait;
    }

    /** Empties mapped columns of a contact; says whether it is done, or what came in the way. */
    WriteResult clear(ContactRow row, List<String> columns) {
        Map<String, @Nullable Object> nothing = new LinkedHashMap<>();
        columns.forEach(column -> nothing.put(column, null));
        return connections
                .dataverse()
                .write(List.of(new ContactWrite.Update(row.id(), row.etag(), nothing)))
                .get(0);
    }
}
