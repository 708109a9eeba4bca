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
 * What was really chosen in a history, and with which value it may end, by the words of the settle rule and none of its
 * code: the newest choice stands. A choice whose notification was lost counts at the time of the record on which it was
 * found. Where the record had changed there and back since anybody looked, it showed nothing of it, so that its last lost
 * choice is excused.
 */
record Truth(List<Made> made) {

    /** How a choice was notified. */
    enum Report {
        AT_ONCE,
        LATE,
        LOST
    }

    /**
     * @param replica the Didomi user or the contact column
     * @param optional whether both ends are right, the one with this choice and the one without
     * @param known whether everybody has been told of it, or has looked since
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
     * Somebody looked at a replica.
     *
     * @param moved whether it showed something else than was known
     * @param rowTime the row's time, where its record tells no better; null where the choice's own time can be read
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
                    // Whoever learns that it was there dates its way back by the row.
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

    /** Whether a choice in Didomi is excused: of several users it is then a matter of words which one shows the person's. */
    boolean isDidomiOpen() {
        return made.stream().anyMatch(choice -> choice.side() == Side.DIDOMI && choice.optional());
    }

    /** The values with which both sides may end; empty if nobody need know of any choice. */
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
