package io.github.consentbridge.sync.worker;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.ContactMapping;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.mapping.settle.MappedColumn;
import io.github.consentbridge.mapping.settle.MappedRecord;
import io.github.consentbridge.mapping.settle.Person;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the deletion of a contact means where {@code on_contact_deleted} is {@code withdraw}. */
final class Withdrawal {
    private static final String DELIVERY = "contact deleted";

    private Withdrawal() {}

    /**
     * A refusal of everything that is granted, as if it had been entered in the contact at its deletion. What was never
     * chosen, or is refused already, gets none, so that a repeat adds nothing.
     */
    static List<Choice> of(Person person, ContactMapping mapping, Instant deletedAt) {
        return mapping.records().stream()
                .filter(record -> isGranted(person, record))
                .flatMap(record -> column(record).stream().map(column -> refusal(record, column, deletedAt)))
                .toList();
    }

    private static boolean isGranted(Person person, MappedRecord record) {
        return record.id().value().isConsent()
                && person.record(record.id())
                        .decision(record.wins())
                        .map(Decision::value)
                        .filter(ConsentValue.of(true)::equals)
                        .isPresent();
    }

    private static Optional<MappedColumn> column(MappedRecord record) {
        return record.columns().stream()
                .filter(column -> column.mapping().direction().writesDidomi())
                .findFirst();
    }

    private static Choice refusal(MappedRecord record, MappedColumn column, Instant deletedAt) {
        return Choice.inColumn(
                record.id(), column.column(), ConsentValue.of(false), deletedAt, Choice.UNKNOWN_VERSION, DELIVERY);
    }
}
