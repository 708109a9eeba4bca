package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Wins;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The choice that stands, and on which side it was made.
 *
 * @param delivery the delivery that told it, or {@link #UNREPORTED}
 */
public record Decision(Side side, ConsentValue value, Instant decidedAt, String delivery) {
    /** Stands for the delivery of a choice that was noticed without one; {@code decidedAt} is then the latest time. */
    public static final String UNREPORTED = "unseen change";

    /** Begins what stands for the delivery of a choice that a contact's audit history told. */
    public static final String AUDIT = "audit history";

    static Decision of(Side side, ReportedChoice reported) {
        return new Decision(side, reported.value(), reported.decidedAt(), reported.delivery());
    }

    /** Rule 1 between the two sides; empty where neither has a choice. */
    static @Nullable Decision between(@Nullable ReportedChoice didomi, @Nullable ReportedChoice dynamics, Wins wins) {
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
        // Dynamics tells whole seconds, so a finer comparison would let its clock's rounding decide.
        int bySecond = Long.compare(
                didomi.decidedAt().getEpochSecond(), dynamics.decidedAt().getEpochSecond());
        int order = bySecond != 0 ? bySecond : didomi.value().compareTo(dynamics.value());
        return order >= 0 ? Side.DIDOMI : Side.DYNAMICS;
    }
}
