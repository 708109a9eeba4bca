package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Wins;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The winning choice, and the side on which it was made.
 *
 * @param decidedAt the latest possible time if the choice is {@link #UNREPORTED}
 * @param delivery the delivery that reported it, or {@link #UNREPORTED}
 */
public record Decision(Side side, ConsentValue value, Instant decidedAt, String delivery) {
    /** In place of a delivery: the choice was inferred from an unreported change. */
    public static final String UNREPORTED = "unreported change";

    /** In place of a delivery, as a prefix: the choice was found in a contact's audit history. */
    public static final String AUDIT = "audit history";

    static Decision of(Side side, ReportedChoice reported) {
        return new Decision(side, reported.value(), reported.decidedAt(), reported.delivery());
    }

    /** Rule R1 between the two sides; null if neither has a choice. */
    public static @Nullable Decision between(
            @Nullable ReportedChoice didomi, @Nullable ReportedChoice dynamics, Wins wins) {
        if (didomi == null || dynamics == null) {
            return didomi != null ? of(Side.DIDOMI, didomi) : dynamics != null ? of(Side.DYNAMICS, dynamics) : null;
        }
        Side winner = winner(didomi, dynamics, wins);
        return of(winner, winner == Side.DIDOMI ? didomi : dynamics);
    }

    private static Side winner(ReportedChoice didomi, ReportedChoice dynamics, Wins wins) {
        if (wins != Wins.NEWEST) {
            return wins == Wins.DIDOMI ? Side.DIDOMI : Side.DYNAMICS;
        }
        // Dynamics rounds times to whole seconds; a finer comparison would let the rounding decide.
        int bySecond = Long.compare(
                didomi.decidedAt().getEpochSecond(), dynamics.decidedAt().getEpochSecond());
        int order = bySecond != 0 ? bySecond : didomi.value().compareTo(dynamics.value());
        return order >= 0 ? Side.DIDOMI : Side.DYNAMICS;
    }
}
