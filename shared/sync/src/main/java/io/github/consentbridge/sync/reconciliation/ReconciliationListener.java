package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.mapping.consent.Side;
import java.time.Duration;

/** Receives what a run finds as it finds it, so that the run keeps nothing in memory. */
public interface ReconciliationListener {
    /** Ignores everything. */
    ReconciliationListener NONE = new ReconciliationListener() {};

    /**
     * The run begins to read something: what it is checked by, or one side.
     *
     * @param subject what is read, such as {@code Didomi's users}
     */
    default void reading(String subject) {}

    /**
     * A system fails, and the run waits before it tries again. Called by several threads, but never at once.
     *
     * @param why what failed, as a sentence
     * @param wait how long it waits now
     * @param left how long it will wait altogether before it gives up
     */
    default void waiting(String why, Duration wait, Duration left) {}

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
