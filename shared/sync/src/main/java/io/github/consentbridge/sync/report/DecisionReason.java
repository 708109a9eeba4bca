package io.github.consentbridge.sync.report;

import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.ConsentRecord;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.mapping.settle.Replica;
import io.github.consentbridge.mapping.settle.ReportedChoice;
import org.jspecify.annotations.Nullable;

/** Why a choice stands, in a few words. */
public final class DecisionReason {
    private DecisionReason() {}

    /**
     * Explains a decision.
     *
     * @param decision of this consent record
     */
    public static String of(Decision decision, ConsentRecord record, Wins wins) {
        @Nullable ReportedChoice other = record.choice(decision.side().other());
        String unreported = undated(decision, record);
        if (other == null) {
            return "only " + decision.side().label() + " has a choice" + unreported;
        }
        return comparison(decision, other, wins) + unreported;
    }

    /** Why another choice does not stand: which one stands instead, and why. */
    public static String against(Decision decision, ConsentRecord record, Wins wins) {
        return "the choice in " + decision.side().label() + " of " + decision.decidedAt() + " stands: "
                + of(decision, record, wins);
    }

    private static String undated(Decision decision, ConsentRecord record) {
        if (decision.delivery().equals(Decision.UNREPORTED)) {
            return "; no delivery reported it, so it may have been made earlier";
        }
        if (decision.delivery().startsWith(Decision.AUDIT)) {
            return "; no delivery reported it; the time is from the column's audit history";
        }
        boolean latest = record.users().values().stream()
                .map(Replica::inferred)
                .anyMatch(inferred -> inferred != null
                        && inferred.delivery().equals(decision.delivery())
                        && inferred.at().equals(decision.decidedAt()));
        return latest ? "; the delivery reported a new Didomi user, so it may have been made earlier" : "";
    }

    private static String comparison(Decision decision, ReportedChoice other, Wins wins) {
        String loser = "the choice in " + decision.side().other().label() + " of " + other.decidedAt();
        if (wins != Wins.NEWEST) {
            return "by configuration, " + decision.side().label() + " wins over " + loser;
        }
        if (decision.decidedAt().getEpochSecond() != other.decidedAt().getEpochSecond()) {
            return "newer than " + loser;
        }
        return other.value().equals(decision.value())
                ? "the same choice as " + loser
                : "made in the same second as " + loser + "; a refusal beats a grant";
    }
}
