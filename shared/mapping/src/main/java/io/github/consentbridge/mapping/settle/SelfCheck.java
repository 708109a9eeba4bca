package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reports values that were read and differ although no write or event will repair them (rule R3). */
final class SelfCheck {
    private final MappedRecord mapped;
    private final SettleInput input;
    private final Settler.SettleResult result;
    private final Decision decision;

    SelfCheck(MappedRecord mapped, SettleInput input, Settler.SettleResult result, Decision decision) {
        this.mapped = mapped;
        this.input = input;
        this.result = result;
        this.decision = decision;
    }

    void check(ConsentRecord settled) {
        @Nullable ContactState contact = input.contact();
        @Nullable ConsentValue inDidomi = settled.didomiValueRead();
        if (contact == null || contact.isPlanned() || inDidomi == null || isBeingRepaired(settled)) {
            return;
        }
        for (MappedColumn column : mapped.columns()) {
            @Nullable Object present = contact.value(column.column());
            boolean differs = !column.codec().shows(present, inDidomi);
            if (differs && !isWritten(column) && mayBeRepaired(column, present, inDidomi)) {
                result.unresolved.add(new Settlement.Unresolved(
                        mapped.id(),
                        column.column(),
                        inDidomi,
                        column.codec().decode(present).orElse(null),
                        reason(column)));
            }
        }
        if (inDidomi.equals(decision.value())) {
            settled.users().values().forEach(user -> checkOther(user, settled, contact));
        }
    }

    /**
     * A person can have several Didomi users, one for each device, and one of our events reaches only one of them. Where the
     * person chose in Didomi, what another user shows from before is no difference: Didomi brings it up to date.
     */
    private void checkOther(Replica user, ConsentRecord settled, ContactState contact) {
        @Nullable ObservedValue shown = user.observed();
        if (shown == null || shown.value() == null || shown.value().equals(decision.value())) {
            return;
        }
        boolean matters = decision.side() == Side.DYNAMICS
                ? mapped.writesDidomi()
                : !user.shownSince().isBefore(decision.decidedAt());
        if (matters) {
            MappedColumn column = mapped.columns().get(0);
            result.unresolved.add(new Settlement.Unresolved(
                    mapped.id(),
                    column.column(),
                    shown.value(),
                    column.codec().decode(contact.value(column.column())).orElse(null),
                    "one of the person's " + settled.users().size() + " Didomi users has shown another value since "
                            + user.shownSince() + " than the newest choice, made in "
                            + decision.side().label() + " at " + decision.decidedAt()));
        }
    }

    private boolean isBeingRepaired(ConsentRecord settled) {
        return !mapped.id().value().isConsent()
                || input.states().stream()
                        .noneMatch(
                                state -> state.regulation().equals(mapped.id().regulation()))
                || result.events.stream().anyMatch(event -> event.recordId().equals(mapped.id()))
                || settled.isEventPending(decision.value());
    }

    private boolean isWritten(MappedColumn column) {
        return result.columnWrites.stream()
                .anyMatch(write ->
                        write.recordId().equals(mapped.id()) && write.column().equals(column.column()));
    }

    /** A difference is reported only if the mapping's direction allows the repair. */
    private boolean mayBeRepaired(MappedColumn column, @Nullable Object present, ConsentValue inDidomi) {
        boolean columnDiffers = !column.codec().shows(present, decision.value());
        boolean didomiDiffers = !inDidomi.equals(decision.value());
        return (columnDiffers && column.mapping().direction().writesDynamics())
                || (didomiDiffers && mapped.writesDidomi());
    }

    private String reason(MappedColumn column) {
        Optional<String> misfit = result.misfits.stream()
                .filter(each -> ConsentRecordId.of(each.mapping()).equals(mapped.id()))
                .map(each -> "mapping " + each.mapping().column() + ": " + each.reason())
                .findFirst();
        return misfit.orElse("the newest choice was made in "
                + decision.side().label() + " at " + decision.decidedAt()
                + "; no write or event is repairing " + column.column());
    }
}
