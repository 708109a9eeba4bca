package io.github.consentbridge.sync.worker;

import io.github.consentbridge.mapping.failure.BridgeException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of one delivery. */
public sealed interface DeliveryOutcome {
    /** Finished: applied, superseded, or nothing to do. */
    record Done() implements DeliveryOutcome {}

    /**
     * A system is paused or down, or the time is over: back to the queue, no attempt is counted. Equal to another with the
     * same delay, because failures are never equal.
     *
     * @param why the failure that pauses the system; empty if it was paused before, or if the time is over
     */
    record Postponed(Duration delay, Optional<BridgeException> why) implements DeliveryOutcome {
        /** For a reason that is not known. */
        public Postponed(Duration delay) {
            this(delay, Optional.empty());
        }

        Postponed(Duration delay, BridgeException why) {
            this(delay, Optional.of(why));
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Postponed postponed && delay.equals(postponed.delay);
        }

        @Override
        public int hashCode() {
            return delay.hashCode();
        }
    }

    /**
     * A failure of this delivery that may pass: back to the queue, the attempt is counted.
     *
     * @param patience how long it is tried again
     */
    record Failed(String reason, Patience patience) implements DeliveryOutcome {
        /** A failure that passes soon if it does. */
        public Failed(String reason) {
            this(reason, Patience.MINUTES);
        }
    }

    /** How long a failing delivery is tried again before it is a dead letter. */
    enum Patience {
        /** Five attempts within a quarter of an hour, for conflicts. */
        MINUTES,
        /** At least ten attempts and two hours, for a record for which a system fails. */
        HOURS
    }

    /** It cannot succeed as it is: to the dead letters. */
    record Dead(String reason) implements DeliveryOutcome {}
}
