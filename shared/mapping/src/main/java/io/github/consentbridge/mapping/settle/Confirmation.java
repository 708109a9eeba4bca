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
 * Updates the ledger entry with the answer to a write (rule R4). It is applied to the entry as it is then, which
 * another worker may have changed meanwhile. Applying it twice changes nothing more.
 */
public final class Confirmation {
    private Confirmation() {}

    /** The columns were written. */
    public static Person written(Person now, List<ColumnWrite> writes) {
        return answered(now, writes, true);
    }

    /**
     * The columns were not written: Dataverse refused them, or the row had changed since it was read. One attempt fewer
     * is pending; another worker may have sent the same value on the same condition.
     */
    public static Person notWritten(Person now, List<ColumnWrite> writes) {
        return answered(now, writes, false);
    }

    /**
     * The columns are about to be sent once more after {@link #notWritten}, on the same condition: one more attempt is
     * pending. Each application adds one.
     */
    public static Person repeated(Person now, List<ColumnWrite> writes) {
        Map<ConsentRecordId, ConsentRecord> changed = new HashMap<>();
        for (ColumnWrite write : writes) {
            ConsentRecord record = changed.getOrDefault(write.recordId(), now.record(write.recordId()));
            Replica replica = record.column(write.column());
            changed.put(write.recordId(), record.withColumn(write.column(), replica.withAttempt(write.pending())));
        }
        return now.with(changed);
    }

    /**
     * Dataverse says that we may not write these columns. Such columns read as empty, so what they show once we may is no
     * change.
     */
    public static Person hidden(Person now, List<ColumnWrite> writes) {
        Map<ConsentRecordId, ConsentRecord> changed = new HashMap<>();
        for (ColumnWrite write : writes) {
            ConsentRecord record = changed.getOrDefault(write.recordId(), now.record(write.recordId()));
            Replica replica = record.column(write.column());
            boolean empty = replica.observed() != null && replica.observed().value() == null;
            changed.put(write.recordId(), empty ? record.withColumn(write.column(), replica.hidden()) : record);
        }
        return now.with(changed);
    }

    private static Person answered(Person now, List<ColumnWrite> writes, boolean confirmed) {
        Map<ConsentRecordId, ConsentRecord> changed = new HashMap<>();
        for (ColumnWrite write : writes) {
            ConsentRecord record = changed.getOrDefault(write.recordId(), now.record(write.recordId()));
            Replica replica = record.column(write.column());
            changed.put(write.recordId(), record.withColumn(write.column(), answered(replica, write, confirmed)));
        }
        return now.with(changed);
    }

    private static Replica answered(Replica replica, ColumnWrite write, boolean confirmed) {
        if (!confirmed) {
            return replica.withoutAttempt(write.pending());
        }
        // If the row has been settled again since, the pending write is gone and that observation is newer than our
        // answer.
        return replica.isPending(write.pending())
                ? withWritten(replica.withConfirmed(write.pending()), write)
                : replica;
    }

    /**
     * The row's time is the one from before the write: the write was conditional, so nothing else happened in between.
     */
    private static Replica withWritten(Replica replica, ColumnWrite write) {
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

    private static Person answered(Person now, PlannedEvent event, boolean confirmed) {
        ConsentRecord record = now.record(event.recordId());
        for (PendingEvent pending : record.pending()) {
            if (pending.value().equals(event.value())
                    && pending.createdAt().equals(event.createdAt())
                    && !pending.confirmed()) {
                return now.with(Map.of(
                        event.recordId(), confirmed ? record.withConfirmed(pending) : record.withoutPending(pending)));
            }
        }
        return now;
    }
}
