package io.github.consentbridge.sync.history;

import io.github.consentbridge.mapping.settle.InferredChoice;
import io.github.consentbridge.mapping.settle.Replica;
import io.github.consentbridge.mapping.settle.ReportedChoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A choice that the ledger knows of a replica.
 *
 * @param choice dated at its latest possible time
 * @param notBefore the earliest possible time of an inferred choice; null if it was reported
 */
record KnownChoice(ReportedChoice choice, @Nullable Instant notBefore) {
    /** The choices of a replica, oldest first. */
    static List<KnownChoice> of(Replica replica) {
        List<KnownChoice> known = new ArrayList<>(2);
        @Nullable ReportedChoice reported = replica.reported();
        if (reported != null) {
            known.add(new KnownChoice(reported, null));
        }
        @Nullable InferredChoice inferred = replica.inferred();
        if (inferred != null) {
            KnownChoice latest = new KnownChoice(inferred.atLatest(), inferred.after());
            boolean older = reported != null && latest.choice.compareTo(reported) < 0;
            known.add(older ? 0 : known.size(), latest);
        }
        return known;
    }

    static @Nullable KnownChoice newest(List<KnownChoice> known) {
        return known.isEmpty() ? null : known.get(known.size() - 1);
    }

    boolean isInferred() {
        return notBefore != null;
    }

    /** Whether it is the same choice, perhaps told by another delivery. */
    boolean isSame(KnownChoice other) {
        return isInferred() == other.isInferred() && isSame(other.choice);
    }

    boolean isSame(ReportedChoice other) {
        return choice.value().equals(other.value())
                && choice.decidedAt().equals(other.decidedAt())
                && choice.rowVersion() == other.rowVersion();
    }

    boolean isIn(List<KnownChoice> others) {
        return others.stream().anyMatch(this::isSame);
    }

    /** Whether this inferred choice can be the reported one. */
    boolean canBe(@Nullable ReportedChoice reported) {
        return notBefore != null
                && reported != null
                && choice.value().equals(reported.value())
                && !reported.decidedAt().isBefore(notBefore)
                && !reported.decidedAt().isAfter(choice.decidedAt());
    }

    boolean isOlderThan(@Nullable KnownChoice other) {
        return other != null && choice.compareTo(other.choice) < 0;
    }
}
