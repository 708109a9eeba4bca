package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.World.F;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was really chosen in a history, and the values with which it may end, computed from the text of the settle rule
 * and not with its code: the newest choice wins. A choice whose delivery was lost counts at the time of the row or user
 * on which it was found. If that row or user changed and changed back between two reads, it shows no trace, and its
 * last lost choice is excused.
 */
record Truth(List<Made> made) {

    /** How a choice was reported. */
    enum Report {
        AT_ONCE,
        LATE,
        LOST
    }

    /**
     * @param replica the Didomi user or the contact column
     * @param optional whether the end with this choice and the end without it are both right
     * @param known whether it was reported, or its replica was read since
     */
    record Made(
            Side side, String replica, ConsentValue value, Instant at, Report report, boolean optional, boolean known) {
        static Made of(Side side, String replica, ConsentValue value, Instant at, Report report) {
            return new Made(side, replica, value, at, report, false, report != Report.LOST);
        }

        private Made foundAt(Instant time) {
            return new Made(side, replica, value, time, report, false, true);
        }

        private Made excusedAt(Instant time) {
            return new Made(side, replica, value, time, report, true, true);
        }
    }

    Truth with(Made choice) {
        List<Made> all = new ArrayList<>(made);
        all.add(choice);
        return new Truth(List.copyOf(all));
    }

    /**
     * A replica was read.
     *
     * @param moved whether it showed another value than the known one
     * @param rowTime the row's time if no better time is known; null if the choice's own time can be read
     */
    Truth looked(String replica, boolean moved, @Nullable Instant rowTime) {
        if (made.stream().noneMatch(choice -> choice.replica().equals(replica) && !choice.known())) {
            return this;
        }
        List<Made> observed = new ArrayList<>(made);
        boolean last = true;
        for (int index = made.size() - 1; index >= 0; index--) {
            Made choice = made.get(index);
            if (!choice.replica().equals(replica)) {
                continue;
            }
            if (!choice.known()) {
                Instant time = rowTime == null ? choice.at() : rowTime;
                boolean shows = moved && last && !isToldLate(choice);
                observed.set(index, shows ? choice.foundAt(time) : choice.excusedAt(choice.at()));
                if (!shows && last && !time.equals(choice.at())) {
                    // Once the value was observed, its change back is dated by the row.
                    observed.add(choice.excusedAt(time));
                }
            }
            last = false;
        }
        return new Truth(List.copyOf(observed));
    }

    /** A late delivery of the same value explains what shows. */
    private boolean isToldLate(Made choice) {
        return made.stream()
                .anyMatch(other -> other.replica().equals(choice.replica())
                        && other.report() == Report.LATE
                        && other.value().equals(choice.value()));
    }

    /**
     * Whether a choice in Didomi is excused: with several users it is then undefined which one shows the person's
     * choice.
     */
    boolean isDidomiOpen() {
        return made.stream().anyMatch(choice -> choice.side() == Side.DIDOMI && choice.optional());
    }

    /** The values with which both sides may end; empty if every choice is excused. */
    Set<ConsentValue> ends() {
        if (made.stream().allMatch(Made::optional)) {
            return Set.of();
        }
        Set<ConsentValue> ends = new HashSet<>();
        collect(0, new ArrayList<>(), ends);
        return ends;
    }

    private void collect(int index, List<Made> counted, Set<ConsentValue> ends) {
        if (index == made.size()) {
            @Nullable ConsentValue newest = newest(counted);
            if (newest != null) {
                ends.add(newest);
            }
            return;
        }
        Made choice = made.get(index);
        List<Made> with = new ArrayList<>(counted);
        with.add(choice);
        collect(index + 1, with, ends);
        if (choice.optional()) {
            collect(index + 1, counted, ends);
        }
    }

    private static @Nullable ConsentValue newest(List<Made> made) {
        @Nullable Made didomi = null;
        @Nullable Made dynamics = null;
        for (Made choice : made) {
            if (choice.side() == Side.DIDOMI) {
                didomi = didomi == null || !choice.at().isBefore(didomi.at()) ? choice : didomi;
            } else {
                boolean later = dynamics == null
                        || choice.at().isAfter(dynamics.at())
                        || (choice.at().equals(dynamics.at()) && choice.value().equals(F));
                dynamics = later ? choice : dynamics;
            }
        }
        if (didomi == null || dynamics == null) {
            return didomi != null ? didomi.value() : dynamics != null ? dynamics.value() : null;
        }
        long later = didomi.at().getEpochSecond() - dynamics.at().getEpochSecond();
        if (later == 0) {
            return didomi.value().equals(dynamics.value()) ? didomi.value() : F;
        }
        return later > 0 ? didomi.value() : dynamics.value();
    }
}
