package io.github.consentbridge.report;

import io.github.consentbridge.mapping.Wins;
import io.github.consentbridge.settle.Decision;
import io.github.consentbridge.settle.Place;
import io.github.consentbridge.settle.Register;
import io.github.consentbridge.settle.Side;
import io.github.consentbridge.settle.Told;
import org.jspecify.annotations.Nullable;

/** Why a choice stands, in half a sentence. */
public final class DecisionReason {
    private DecisionReason() {}

    /**
     * Says why.
     *
     * @param decision of this register
     */
    public static String of(Decision decision, Register register, Wins wins) {
        @Nullable Told other = register.choice(decision.side().other());
        String unseen = undated(decision, register);
        if (other == null) {
            return "only " + name(decision.side()) + " has a choice" + unseen;
        }
        return comparison(decision, other, wins) + unseen;
    }

    private static String undated(Decision decision, Register register) {
        if (decision.delivery().equals(Decision.UNSEEN)) {
            return "; no delivery told it, so this is the latest time that it can have been made";
        }
        if (decision.delivery().startsWith(Decision.AUDIT)) {
            return "; no delivery told it, its time is from the column's audit history";
        }
        boolean latest = register.users().values().stream()
                .map(Place::noticed)
                .anyMatch(noticed -> noticed != null
                        && noticed.delivery().equals(decision.delivery())
                        && noticed.at().equals(decision.decidedAt()));
        return latest ? "; the delivery told of a new Didomi user, so it may have been made earlier" : "";
    }

    private static String comparison(Decision decision, Told other, Wins wins) {
        String loser = name(decision.side().other()) + "'s of " + other.decidedAt();
        if (wins != Wins.NEWEST) {
            return "the configuration says that " + name(decision.side()) + " wins over " + loser;
        }
        if (decision.decidedAt().getEpochSecond() != other.decidedAt().getEpochSecond()) {
            return "newer than " + loser;
        }
        return other.value().equals(decision.value())
                ? "the same choice as " + loser
                : "made in the same second as " + loser + ": then the refusal stands";
    }

    private static String name(Side side) {
        return side == Side.DIDOMI ? "Didomi" : "Dynamics";
    }
}
