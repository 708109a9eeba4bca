package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.ConsentValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists values that were read and differ although nothing is repairing them, so that no report passes them over. */
final class SelfCheck {
    private final MappedRegister mapped;
    private final Evidence evidence;
    private final Settler.Findings findings;
    private final Decision decision;

    SelfCheck(MappedRegister mapped, Evidence evidence, Settler.Findings findings, Decision decision) {
        this.mapped = mapped;
        this.evidence = evidence;
        this.findings = findings;
        this.decision = decision;
    }

    void check(Register settled) {
        @Nullable ContactState contact = evidence.contact();
        @Nullable ConsentValue inDidomi = settled.didomiValueRead();
        if (contact == null || contact.isPlanned() || inDidomi == null || isBeingRepaired(settled)) {
            return;
        }
        for (MappedColumn column : mapped.columns()) {
            @Nullable Object present = contact.value(column.column());
            boolean differs = present != null && !column.codec().shows(present, inDidomi);
            if (differs && !isWritten(column) && mayBeRepaired(column, present, inDidomi)) {
                findings.unresolved.add(new Settlement.Unresolved(
                        mapped.id(),
                        column.column(),
                        inDidomi,
                        column.codec().decode(present).orElse(null),
                        reason(column)));
            }
        }
    }

    private boolean isBeingRepaired(Register settled) {
        return !mapped.id().value().isConsent()
                || evidence.states().stream()
                        .noneMatch(
                                state -> state.regulation().equals(mapped.id().regulation()))
                || findings.events.stream().anyMatch(event -> event.register().equals(mapped.id()))
                || settled.isOnItsWay(decision.value());
    }

    private boolean isWritten(MappedColumn column) {
        return findings.columnWrites.stream()
                .anyMatch(write ->
                        write.register().equals(mapped.id()) && write.column().equals(column.column()));
    }

    /** Where the integration goes one way only, the other way is not ours to repair. */
    private boolean mayBeRepaired(MappedColumn column, Object present, ConsentValue inDidomi) {
        boolean columnDiffers = !column.codec().shows(present, decision.value());
        boolean didomiDiffers = !inDidomi.equals(decision.value());
        return (columnDiffers && column.mapping().direction().writesDynamics())
                || (didomiDiffers && mapped.writesDidomi());
    }

    private String reason(MappedColumn column) {
        Optional<String> misfit = findings.misfits.stream()
                .filter(each -> RegisterId.of(each.mapping()).equals(mapped.id()))
                .map(each -> "mapping " + each.mapping().column() + ": " + each.reason())
                .findFirst();
        return misfit.orElse("the choice that stands was made in "
                + (decision.side() == Side.DIDOMI ? "Didomi" : "Dynamics") + " at " + decision.decidedAt()
                + "; no write or event is repairing " + column.column());
    }
}
