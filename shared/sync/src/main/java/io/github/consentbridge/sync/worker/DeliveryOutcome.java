package io.github.consentbridge.sync.worker;

import java.time.Duration;

/** What became of one delivery. */
public sealed interface DeliveryOutcome {
    /** Finished: applied, superseded, or nothing to do. */
    record Done() implements DeliveryOutcome {}

    /** A system is paused or down, or the time is over: back to the queue, no attempt is counted. */
    record Postponed(Duration delay) implements DeliveryOutcome {}

    /** A failure of this delivery that may pass: back to the queue, the attempt is counted. */
    record Failed(String reason) implements DeliveryOutcome {}

    /** It cannot succeed as it is: to the dead letters. */
    record Dead(String reason) implements DeliveryOutcome {}
}
