package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.mapping.consent.Side;

/** Hears what a run finds, as it finds it, so that nothing has to be kept. */
public interface ReconciliationListener {
    /** Hears nothing. */
    ReconciliationListener NONE = new ReconciliationListener() {};

    /** A difference; told once the page that it is on was settled. */
    default void found(Difference difference) {}

    /** Two values that differ and that nothing is repairing; told once the page that they are on was settled. */
    default void unresolved(Unresolved unresolved) {}

    /**
     * A person for whom it did not work.
     *
     * @param key the organization user id
     * @param reason one sentence
     */
    default void failed(String key, String reason) {}

    /**
     * A person whom one side has and the other has not. Nothing is written for them, and nobody is taken for deleted.
     *
     * @param side where the person is
     * @param key the organization user id
     */
    default void onlyIn(Side side, String key) {}

    /**
     * A page is done.
     *
     * @param expected how many people and contacts there are to read, as far as the last such run tells; 0 if nothing does
     */
    default void progress(Totals totals, long expected) {}
}
