package io.github.consentbridge.sync.worker;

import io.github.consentbridge.sync.worker.PersonStage.Open;

/**
 * What a step makes of one person.
 *
 * @param <T> the stage with which the next step goes on
 */
sealed interface StepResult<T extends PersonStage> {
    /** The next step goes on. */
    record Next<T extends PersonStage>(T person) implements StepResult<T> {}

    /** The contact or the ledger entry has changed meanwhile, or something is left to do: settle the person again. */
    record Again<T extends PersonStage>(Open person) implements StepResult<T> {}

    /** The person is finished for this call. */
    record Ended<T extends PersonStage>(Open person, DeliveryOutcome outcome) implements StepResult<T> {}
}
