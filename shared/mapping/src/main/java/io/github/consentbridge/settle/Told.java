package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.ConsentValue;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The newest choice made in one place whose time we were told. The order is total: time, then row version, then the
 * value's own order (refusal above grant), then the delivery's id, so that the newest of a set does not depend on the
 * order in which its members arrive.
 */
public record Told(ConsentValue value, Instant decidedAt, long rowVersion, String delivery)
        implements Comparable<Told> {
    private static final Comparator<Told> ORDER = Comparator.comparing(Told::decidedAt)
            .thenComparingLong(Told::rowVersion)
            .thenComparing(Told::value)
            .thenComparing(Told::delivery, Comparator.reverseOrder());

    static Told of(Choice choice) {
        return new Told(choice.value(), choice.decidedAt(), choice.rowVersion(), choice.delivery());
    }

    /** Whether it is this choice, perhaps told by another delivery. */
    boolean isSameChoice(Choice choice) {
        return value.equals(choice.value())
                && decidedAt.equals(choice.decidedAt())
                && rowVersion == choice.rowVersion();
    }

    static Told newest(@Nullable Told one, Told other) {
        return one == null || one.compareTo(other) < 0 ? other : one;
    }

    @Override
    public int compareTo(Told other) {
        return ORDER.compare(this, other);
    }
}
