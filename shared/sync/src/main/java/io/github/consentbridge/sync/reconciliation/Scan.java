package io.github.consentbridge.sync.reconciliation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a reconciliation reads. */
public enum Scan {
    /** Every Didomi user: finds choices of which no webhook arrived, and contacts that were never written. */
    DIDOMI,
    /** The contacts that changed since the last such scan: finds changes of which no webhook arrived. */
    DYNAMICS,
    /** Every Didomi user, then every contact. */
    FULL;

    /** The scan with this word. */
    static Optional<Scan> of(String word) {
        return Arrays.stream(values()).filter(scan -> scan.word().equals(word)).findFirst();
    }

    /** The word for it in requests, commands and reports. */
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
