package io.github.consentbridge.sync;

import io.github.consentbridge.mapping.ConsentValue;
import io.github.consentbridge.settle.Choice;
import io.github.consentbridge.settle.ContactMapping;
import io.github.consentbridge.settle.Decision;
import io.github.consentbridge.settle.MappedColumn;
import io.github.consentbridge.settle.MappedRegister;
import io.github.consentbridge.settle.Person;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the deletion of a contact means where {@code on_contact_deleted} is {@code withdraw}. */
final class Withdrawal {
    private static final String DELIVERY = "contact deleted";

    private Withdrawal() {}

    /**
     * A refusal of everything that stands granted, as if it had been entered in the contact when it was deleted. What
     * nobody ever chose, or what stands refused already, needs none, so a repeat tells nothing more.
     */
    static List<Choice> of(Person person, ContactMapping mapping, Instant deletedAt) {
        return mapping.registers().stream()
                .filter(register -> isGranted(person, register))
                .flatMap(register -> column(register).stream().map(column -> refusal(register, column, deletedAt)))
                .toList();
    }

    private static boolean isGranted(Person person, MappedRegister register) {
        return register.id().value().isConsent()
                && person.register(register.id())
                        .decision(register.wins())
                        .map(Decision::value)
                        .filter(ConsentValue.of(true)::equals)
                        .isPresent();
    }

    private static Optional<MappedColumn> column(MappedRegister register) {
        return register.columns().stream()
                .filter(column -> column.mapping().direction().writesDidomi())
                .findFirst();
    }

    private static Choice refusal(MappedRegister register, MappedColumn column, Instant deletedAt) {
        return Choice.inColumn(
                register.id(), column.column(), ConsentValue.of(false), deletedAt, Choice.UNKNOWN_VERSION, DELIVERY);
    }
}
