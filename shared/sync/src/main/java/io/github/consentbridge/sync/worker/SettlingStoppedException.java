package io.github.consentbridge.sync.worker;

/** One person cannot be settled now; others are not affected. */
final class SettlingStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient DeliveryOutcome outcome;

    SettlingStoppedException(DeliveryOutcome outcome) {
        super(outcome.toString());
        this.outcome = outcome;
    }

    DeliveryOutcome outcome() {
        return outcome;
    }
}
