package io.github.consentbridge.connectors.http;

import java.util.Arrays;
import java.util.Locale;

/** The remote systems. A failure of Microsoft Entra ID counts as one of {@link #DATAVERSE}. */
public enum RemoteSystem {
    DIDOMI("Didomi"),
    DATAVERSE("Dataverse");

    private final String label;

    RemoteSystem(String label) {
        this.label = label;
    }

    /** The name in JSON and on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The system with this {@link #word()}; throws an {@link IllegalArgumentException} if there is none. */
    public static RemoteSystem ofWord(String word) {
        return Arrays.stream(values())
                .filter(system -> system.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such system"));
    }

    /** The name for people. */
    public String label() {
        return label;
    }
}
