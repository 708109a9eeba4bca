package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.mapping.consent.Side;

/** Receives what a run finds as it finds it, so that the run keeps nothing in memory. */
public interface ReconciliationListener {
    /** Ignores everything. */
    ReconciliationListener NONE = new ReconciliationListener() {};

    /** A difference, once its page is settled. */
    default void found(Difference difference) {}

    /** A difference that no write or event repairs, once its page is settled. */
    default void unresolved(Unresolved unresolved) {}

    /**
     * A person who could not be settled.
     *
     * @param key the organization user id
     * @param reason one sentence
     */
    default void failed(String key, String reason) {}

    /**
     * A person known on one side only. Nothing is written for them, and they are not taken for deleted.
     *
     * @param side where the person is
     * @param key the organization user id
     */
    default void onlyIn(Side side, String key) {}

    /**
     * A page is settled.
     *
     * @param expected how many people and contacts the last such run read; 0 if unknown
     */
    default void progress(Totals totals, long expected) {}
}
