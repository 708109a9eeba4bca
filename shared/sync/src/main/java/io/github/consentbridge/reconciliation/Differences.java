package io.github.consentbridge.reconciliation;

import io.github.consentbridge.mapping.AttributeName;
import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.mapping.Mapping;
import io.github.consentbridge.mapping.Wins;
import io.github.consentbridge.reconciliation.Difference.Shown;
import io.github.consentbridge.report.DecisionReason;
import io.github.consentbridge.settle.Person;
import io.github.consentbridge.settle.Place;
import io.github.consentbridge.settle.Register;
import io.github.consentbridge.settle.RegisterId;
import io.github.consentbridge.settle.Settlement;
import io.github.consentbridge.settle.Side;
import io.github.consentbridge.sync.SettledPerson;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says of a settled person where the two sides differed from what stands. */
final class Differences {
    private final Integration integration;

    Differences(Integration integration) {
        this.integration = integration;
    }

    List<Difference> of(SettledPerson settled) {
        List<Difference> differences = new ArrayList<>();
        for (Settlement.Change change : settled.changes()) {
            differences.add(difference(settled, Objects.requireNonNull(settled.person()), change));
        }
        return differences;
    }

    /** What of the person differs, and that nothing is repairing. */
    List<Unresolved> unresolved(SettledPerson settled) {
        return settled.unresolved().stream()
                .map(each -> unresolved(settled, Objects.requireNonNull(settled.person()), each))
                .toList();
    }

    private static Unresolved unresolved(SettledPerson settled, Person person, Settlement.Unresolved each) {
        Register register = person.register(each.register());
        Place column = register.column(each.column());
        return new Unresolved(
                settled.key().value(),
                person.contactId(),
                each.column().logicalName(),
                new Shown(each.inDidomi(), register.didomiSince()),
                new Shown(
                        each.inColumn(),
                        column.seen() == null ? null : column.seen().stamp().at()),
                each.reason());
    }

    private Difference difference(SettledPerson settled, Person person, Settlement.Change change) {
        List<Mapping> mappings = mappings(change.register());
        @Nullable AttributeName written = change.column();
        AttributeName column = written != null ? written : mappings.get(0).column();
        Register register = person.register(change.register());
        Wins wins = mappings.get(0).wins();
        return new Difference(
                settled.key().value(),
                person.contactId(),
                column.logicalName(),
                written == null ? Side.DIDOMI : Side.DYNAMICS,
                new Shown(register.didomiValue(), register.didomiSince()),
                onContact(register.column(column), change),
                change.decision().side(),
                DecisionReason.of(change.decision(), register, wins),
                settled.isApplied(change));
    }

    private static Shown onContact(Place column, Settlement.Change change) {
        boolean seen = column.seen() != null;
        // Of a property's column the ledger keeps nothing.
        return new Shown(
                seen ? column.seen().value() : change.before(),
                seen ? column.seen().stamp().at() : null);
    }

    private List<Mapping> mappings(RegisterId register) {
        return integration.mappings().stream()
                .filter(mapping -> RegisterId.of(mapping).equals(register))
                .toList();
    }
}
