package io.github.consentbridge.sync.worker;

import io.github.consentbridge.mapping.consent.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one person really chose for one Didomi value, on both sides: the expected result, computed from the settle rule's
 * words without its code.
 */
final class ChoicesMade {
    private final List<Made> choices = new ArrayList<>();

    /**
     * One choice.
     *
     * @param at in Dynamics a whole second
     * @param untold whether Dynamics never reported it: then it cannot be known that it was made before the row's last edit,
     *     nor, once the column has changed again, that it was made at all
     * @param until when its event was deleted; null if it was not
     */
    record Made(
            Side side,
            String value,
            Instant at,
            boolean untold,
            @Nullable Instant until) {
        boolean isSame(Side other, String otherValue, Instant otherAt) {
            return side == other && value.equals(otherValue) && at.equals(otherAt);
        }

        private boolean countsAt(Instant time) {
            return !at.isAfter(time) && (until == null || time.isBefore(until));
        }
    }

    /** A choice that the system reports, or shows until it is read. */
    void made(Side side, String value, Instant at) {
        choices.add(new Made(side, value, at, false, null));
    }

    /** A choice in a column that is neither reported nor read before something else happens. */
    void lost(String value, Instant at) {
        choices.add(new Made(Side.DYNAMICS, value, at, true, null));
    }

    /** A choice in Didomi whose event is deleted now. */
    void unmade(String value, Instant at, Instant now) {
        int index = choices.indexOf(new Made(Side.DIDOMI, value, at, false, null));
        choices.set(index, new Made(Side.DIDOMI, value, at, false, now));
    }

    /** How many are known so far. */
    int size() {
        return choices.size();
    }

    /** Whether a choice that became known after so many others was made by then. */
    boolean isBackdated(int known, Instant time) {
        return choices.subList(known, choices.size()).stream()
                .anyMatch(made -> !made.at().isAfter(time));
    }

    /** When choices were made, and when they were deleted. */
    List<Instant> times() {
        return choices.stream()
                .flatMap(made -> Stream.of(Optional.of(made.at()), Optional.ofNullable(made.until())))
                .flatMap(Optional::stream)
                .toList();
    }

    /** What both sides may end with: one value, if what was reported decides it; empty where nothing was chosen. */
    Set<String> possibleEnds() {
        List<Made> left = choices.stream().filter(made -> made.until() == null).toList();
        if (left.stream().allMatch(Made::untold)) {
            // Even the value before may win, because the change may have gone unnoticed.
            return Set.of();
        }
        return left.stream()
                .filter(choice -> choice.untold() || isNewest(choice, left))
                .map(Made::value)
                .collect(Collectors.toSet());
    }

    /** The newest of those made by then and not deleted by then; several where their times do not say which is. */
    List<Made> newestAt(Instant time) {
        List<Made> then = choices.stream().filter(made -> made.countsAt(time)).toList();
        return then.stream().filter(choice -> isNewest(choice, then)).toList();
    }

    private static boolean isNewest(Made choice, List<Made> others) {
        return others.stream().noneMatch(other -> !other.untold() && overrules(other, choice));
    }

    private static boolean overrules(Made other, Made choice) {
        if (other.side() == choice.side() && other.side() == Side.DIDOMI) {
            return other.at().isAfter(choice.at());
        }
        int bySecond = Long.compare(other.at().getEpochSecond(), choice.at().getEpochSecond());
        boolean refusalFirst = other.side() != choice.side()
                && other.value().equals("false")
                && choice.value().equals("true");
        return bySecond > 0 || (bySecond == 0 && refusalFirst);
    }

    @Override
    public String toString() {
        return choices.toString();
    }
}
