package io.github.consentbridge.sync.worker;

import io.github.consentbridge.mapping.consent.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one person really chose for one Didomi value, on both sides: the expected result, computed from the settle rule's
 * words without its code.
 */
final class ChoicesMade {
    private final List<Made> choices = new ArrayList<>();

    /**
     * @param at in Dynamics a whole second
     * @param untold whether Dynamics never reported it: then it cannot be known that it was made before the row's last edit,
     *     nor, once the column has changed again, that it was made at all
     */
    private record Made(Side side, String value, Instant at, boolean untold) {}

    /** A choice that the system reports, or shows until it is read. */
    void made(Side side, String value, Instant at) {
        choices.add(new Made(side, value, at, false));
    }

    /** A choice in a column that is neither reported nor read before something else happens. */
    void lost(String value, Instant at) {
        choices.add(new Made(Side.DYNAMICS, value, at, true));
    }

    /** A choice in Didomi whose event was deleted. */
    void unmade(String value, Instant at) {
        choices.remove(new Made(Side.DIDOMI, value, at, false));
    }

    /** What both sides may end with: one value, if what was reported decides it; empty where nothing was chosen. */
    Set<String> possibleEnds() {
        if (choices.stream().allMatch(Made::untold)) {
            // Even the value before may win, because the change may have gone unnoticed.
            return Set.of();
        }
        return choices.stream()
                .filter(choice -> choice.untold() || isNewest(choice))
                .map(Made::value)
                .collect(Collectors.toSet());
    }

    private boolean isNewest(Made choice) {
        return choices.stream().noneMatch(other -> !other.untold() && overrules(other, choice));
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
