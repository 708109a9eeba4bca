package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.ConsentValue;
import io.github.consentbridge.mapping.DidomiPath;
import io.github.consentbridge.settle.Evidence.DidomiRead;
import io.github.consentbridge.settle.Settlement.Need;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings Didomi to what stands, by an event whose date comes after all that it overrules. */
final class DidomiRepair {
    private final MappedRegister mapped;
    private final Evidence evidence;
    private final Settler.Findings findings;
    private final Decision decision;

    DidomiRepair(MappedRegister mapped, Evidence evidence, Settler.Findings findings, Decision decision) {
        this.mapped = mapped;
        this.evidence = evidence;
        this.findings = findings;
        this.decision = decision;
    }

    Register repair(Register register) {
        if (!mapped.writesDidomi()) {
            return register;
        }
        boolean read = evidence.didomi() != DidomiRead.NOTHING;
        @Nullable ConsentValue present = read ? register.didomiValueRead() : register.didomiValue();
        boolean certain = read || !register.isDidomiUncertain();
        boolean ownSilence = present == null && decision.side() == Side.DIDOMI;
        if (certain && (decision.value().equals(present) || ownSilence)) {
            return register;
        }
        Optional<String> untold = whyUntold();
        if (untold.isPresent()) {
            findings.misfits.add(new Settlement.Misfit(mapped.columns().get(0).mapping(), untold.get()));
            return register;
        }
        if (!read) {
            findings.needs(Need.DIDOMI_USERS);
            return register;
        }
        if ((isPostedInVain(register) || isOlderThanAUser(register))
                && evidence.didomi() != DidomiRead.USERS_AND_EVENTS) {
            findings.needs(Need.DIDOMI_EVENTS);
            return register;
        }
        return post(register, present);
    }

    /** Why Didomi cannot be told this value, as a sentence; empty if it can. */
    private Optional<String> whyUntold() {
        if (decision.value() instanceof ConsentValue.Unmapped) {
            return Optional.of("its column holds a value that `options` does not name");
        }
        boolean homeless = decision.value() instanceof ConsentValue.Text
                && mapped.id().value() instanceof DidomiPath.Preference preference
                && preference.purpose() == null;
        return homeless
                ? Optional.of(
                        "Didomi takes a preference's values under their purpose only: name the purpose in `value`")
                : Optional.empty();
    }

    /** An event of ours told it already, and yet Didomi shows another value: a choice that we do not know came after. */
    private boolean isPostedInVain(Register register) {
        return register.posted() != null && !register.posted().isBefore(decision.decidedAt());
    }

    /** A user changed after the date that our event would carry: perhaps by the same choice once more, which hides. */
    private boolean isOlderThanAUser(Register register) {
        Instant date = eventDate(register);
        return register.users().values().stream()
                .anyMatch(
                        user -> user.seen() != null && user.seen().stamp().at().isAfter(date));
    }

    private Register post(Register register, @Nullable ConsentValue present) {
        Instant createdAt = eventDate(register);
        findings.events.add(new DidomiEvent(mapped.id(), createdAt, decision));
        findings.changes.add(new Settlement.Change(mapped.id(), null, present, decision));
        Instant last = register.lastKnownInDidomi();
        Instant since = last.isBefore(createdAt) ? createdAt : last.plusMillis(1);
        return register.withPosting(new Posting(decision.value(), createdAt, since, false));
    }

    /** The choice's own date, or just after what it overrules: Didomi re-applies events by date. */
    private Instant eventDate(Register register) {
        Instant newest = register.posted() == null ? Instant.EPOCH : register.posted();
        for (Place user : register.users().values()) {
            @Nullable Told choice = user.choice();
            newest = choice != null && choice.decidedAt().isAfter(newest) ? choice.decidedAt() : newest;
        }
        Instant last = register.lastKnownInDidomi();
        for (Posting event : register.posting()) {
            // The same event may be sent again only if it would still come last, else Didomi would find it done.
            boolean overruled =
                    !event.value().equals(decision.value()) || !event.since().isAfter(last);
            newest = overruled && event.createdAt().isAfter(newest) ? event.createdAt() : newest;
        }
        return newest.isBefore(decision.decidedAt()) ? decision.decidedAt() : newest.plusMillis(1);
    }
}
