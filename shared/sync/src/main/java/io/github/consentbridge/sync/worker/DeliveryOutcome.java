package io.github.consentbridge.sync.worker;

import java.time.Duration;

/** What became of one delivery. */
public sealed interface DeliveryOutcome {
    /** Finished: applied, superseded, or nothing to do. */
    record Done() implements DeliveryOutcome {}

    /** A system is paused or down, or the time is over: back to the queue, no attempt is counted. */
    record Postponed(Duration delay) implements DeliveryOutcome {}

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
