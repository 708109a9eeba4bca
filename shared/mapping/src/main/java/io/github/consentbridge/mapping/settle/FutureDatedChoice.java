package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reported choice that its system dated in the future. It counts as of the moment at which we were first told, and it
 * is kept beside the others, because the same date may be told again: later, it must not look like a newer choice.
 *
 * @param claimedAt the date that its system gave
 * @param at the earliest moment at which we were told
 */
public record FutureDatedChoice(ConsentValue value, Instant claimedAt, Instant at, long rowVersion, String delivery) {
    /** One wrong clock makes few choices of one value. Beyond these, the oldest are forgotten. */
    static final int MAX_KEPT = 16;

    private static final Comparator<FutureDatedChoice> ORDER = Comparator.comparing(FutureDatedChoice::asReported);

    static FutureDatedChoice of(Choice choice) {
        return new FutureDatedChoice(
                choice.value(), choice.claimedAt(), choice.decidedAt(), choice.rowVersion(), choice.delivery());
    }

    /** Reads what {@link #asReported()} gives. */
    public static FutureDatedChoice of(ReportedChoice choice, Instant claimedAt) {
        return new FutureDatedChoice(
                choice.value(), claimedAt, choice.decidedAt(), choice.rowVersion(), choice.delivery());
    }

    /** The choice as of the moment at which it counts. */
    public ReportedChoice asReported() {
        return new ReportedChoice(value, at, rowVersion, delivery);
    }

    boolean isSame(Choice choice) {
        return value.equals(choice.value()) && claimedAt.equals(choice.claimedAt());
    }

    /** These choices and another one, oldest first. Of two reports of the same choice the earlier one counts. */
    static List<FutureDatedChoice> with(List<FutureDatedChoice> known, FutureDatedChoice added) {
        List<FutureDatedChoice> all = new ArrayList<>(known);
        FutureDatedChoice first = added;
        for (FutureDatedChoice other : known) {
            if (other.value.equals(added.value) && other.claimedAt.equals(added.claimedAt)) {
                all.remove(other);
                first = ORDER.compare(other, first) <= 0 ? other : first;
            }
        }
        all.add(first);
        all.sort(ORDER);
        return all.size() > MAX_KEPT ? all.subList(all.size() - MAX_KEPT, all.size()) : all;
    }

    /** Without those that a choice at this time, the date of which is possible, has overtaken. */
    static List<FutureDatedChoice> after(List<FutureDatedChoice> known, Instant decidedAt) {
        return known.stream()
                .filter(choice -> !choice.claimedAt.isBefore(decidedAt))
                .toList();
    }

    /** The newest one, as of the moment at which it counts; null if there is none. */
    static @Nullable ReportedChoice newest(List<FutureDatedChoice> choices) {
        return choices.isEmpty() ? null : choices.get(choices.size() - 1).asReported();
    }
}
