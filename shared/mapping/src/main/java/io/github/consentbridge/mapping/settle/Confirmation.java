package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.settle.Settlement.ColumnWrite;
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
        Map<ConsentRecordId, ConsentRecord> changed = new HashMap<>();
        for (ColumnWrite write : writes) {
            ConsentRecord record = changed.getOrDefault(write.recordId(), now.record(write.recordId()));
            Replica replica = record.column(write.column());
            changed.put(write.recordId(), record.withColumn(write.column(), answered(replica, write, landed)));
        }
        return now.with(changed);
    }

    private static Replica answered(Replica replica, ColumnWrite write, boolean landed) {
        if (!landed) {
            return replica.missed(write.pending());
        }
        // Where somebody has settled the row since, the entry is gone and what they saw is newer than our answer.
        return replica.isClaimed(write.pending()) ? shows(replica.landed(write.pending()), write) : replica;
    }

    /** The row's time is that before the write: as the write was conditional, nothing else happened in between. */
    private static Replica shows(Replica replica, ColumnWrite write) {
        @Nullable ObservedValue before = replica.observed();
        Stamp stamp = before == null ? ContactState.planned("").stamp() : before.stamp();
        return replica.withObserved(new ObservedValue(write.value(), stamp, stamp.at()));
    }

    /** Didomi has the event. */
    public static Person posted(Person now, PlannedEvent event) {
        return answered(now, event, true);
    }

    /** Didomi refused the event for good. */
    public static Person refused(Person now, PlannedEvent event) {
        return answered(now, event, false);
    }

    private static Person answered(Person now, PlannedEvent event, boolean landed) {
        ConsentRecord record = now.record(event.recordId());
        for (PendingEvent pending : record.pending()) {
            if (pending.value().equals(event.value())
                    && pending.createdAt().equals(event.createdAt())
                    && !pending.landed()) {
                return now.with(
                        Map.of(event.recordId(), landed ? record.withLanded(pending) : record.withoutPending(pending)));
            }
        }
        return now;
    }
}
