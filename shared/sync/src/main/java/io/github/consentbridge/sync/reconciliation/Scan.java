package io.github.consentbridge.sync.reconciliation;

import java.util.Locale;

/** What a reconciliation reads. */
public enum Scan {
    /** Every Didomi user: finds what Didomi never told, and contacts that were never written. */
    DIDOMI,
    /** The contacts that changed since the last such scan: finds what Dynamics never told. */
    DYNAMICS,
    /** Every Didomi user, then every contact. */
    FULL;

    /** As it is written in commands and reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean readsDidomi() {
        return this != DYNAMICS;
    }

    boolean readsDynamics() {
        return this != DIDOMI;
    }
}
