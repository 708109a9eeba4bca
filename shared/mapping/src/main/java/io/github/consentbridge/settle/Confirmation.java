package io.github.consentbridge.settle;

import io.github.consentbridge.settle.Settlement.ColumnWrite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the answer to a write makes of the ledger. Applied to the entry as it stands then, which another worker may have
 * changed meanwhile; applying it twice changes nothing more.
 */
public final class Confirmation {
    private Confirmation() {}

    /** The contact took the columns. */
    public static Person written(Person now, List<ColumnWrite> writes) {
        return answered(now, writes, true);
    }

    /**
     * The contact did not take them: it refused them, or the row had changed since it was read. Attempts are counted, for
     * another worker may have written the same value on the same condition.
     */
    public static Person missed(Person now, List<ColumnWrite> writes) {
        return answered(now, writes, false);
    }

    private static Person answered(Person now, List<ColumnWrite> writes, boolean landed) {
        Map<RegisterId, Register> changed = new HashMap<>();
        for (ColumnWrite write : writes) {
            Register register = changed.getOrDefault(write.register(), now.register(write.register()));
            Place place = register.column(write.column());
            changed.put(write.register(), register.withColumn(write.column(), answered(place, write, landed)));
        }
        return now.with(changed);
    }

    private static Place answered(Place place, ColumnWrite write, boolean landed) {
        if (!landed) {
            return place.missed(write.writing());
        }
        // Where somebody has settled the row since, the entry is gone and what they saw is newer than our answer.
        return place.isClaimed(write.writing()) ? shows(place.landed(write.writing()), write) : place;
    }

    /** The row's time is that before the write: as the write was conditional, nothing else happened in between. */
    private static Place shows(Place place, ColumnWrite write) {
        @Nullable Seen before = place.seen();
        Stamp stamp = before == null ? ContactState.planned("").stamp() : before.stamp();
        return place.withSeen(new Seen(write.value(), stamp, stamp.at()));
    }

    /** Didomi has the event. */
    public static Person posted(Person now, DidomiEvent event) {
        return answered(now, event, true);
    }

    /** Didomi refused the event for good. */
    public static Person refused(Person now, DidomiEvent event) {
        return answered(now, event, false);
    }

    private static Person answered(Person now, DidomiEvent event, boolean landed) {
        Register register = now.register(event.register());
        for (Posting posting : register.posting()) {
            if (posting.value().equals(event.value())
                    && posting.createdAt().equals(event.createdAt())
                    && !posting.landed()) {
                return now.with(Map.of(
                        event.register(), landed ? register.withLanded(posting) : register.withoutPosting(posting)));
            }
        }
        return now;
    }
}
