package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The newest choice of one replica that was reported with its time. The order is total: time, then row version, then
 * the value's own order (refusal above grant), then the delivery's id. So the newest choice of a set does not depend on
 * the order of arrival.
 */
public record ReportedChoice(ConsentValue value, Instant decidedAt, long rowVersion, String delivery)
        implements Comparable<ReportedChoice> {
    private static final Comparator<ReportedChoice> ORDER = Comparator.comparing(ReportedChoice::decidedAt)
            .thenComparingLong(ReportedChoice::rowVersion)
            .thenComparing(ReportedChoice::value)
            .thenComparing(ReportedChoice::delivery, Comparator.reverseOrder());

    static ReportedChoice of(Choice choice) {
        return new ReportedChoice(choice.value(), choice.decidedAt(), choice.rowVersion(), choice.delivery());
    }

    /** Whether it is this choice, perhaps reported by another delivery. */
    boolean isSameChoice(Choice choice) {
        return value.equals(choice.value())
                && decidedAt.equals(choice.decidedAt())
                && rowVersion == choice.rowVersion();
    }

    static ReportedChoice newest(@Nullable ReportedChoice one, ReportedChoice other) {
        return one == null || one.compareTo(other) < 0 ? other : one;
    }

    @Override
    public int compareTo(ReportedChoice other) {
        return ORDER.compare(this, other);
    }
}
