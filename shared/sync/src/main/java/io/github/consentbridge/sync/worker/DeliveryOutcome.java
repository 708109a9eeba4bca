package io.github.consentbridge.sync.worker;

import java.time.Duration;

/** What becomes of one delivery after a worker had it in hand. */
public sealed interface DeliveryOutcome {
    /** Finished: applied, superseded, or nothing to do. */
    record Done() implements DeliveryOutcome {}

    /** A system is not to be had, or time ran out: back to the queue, without counting as failed. */
    record Postponed(Duration delay) implements DeliveryOutcome {}

    /** It failed for a reason of its own that may pass: back to the queue, counted. */
    record Failed(String reason) implements DeliveryOutcome {}

    /** It will never succeed as it is: to the dead letters. */
    record Dead(String reason) implements DeliveryOutcome {}
}
