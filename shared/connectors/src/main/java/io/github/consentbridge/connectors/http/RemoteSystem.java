package io.github.consentbridge.connectors.http;

import java.util.Arrays;
import java.util.Locale;

/** The remote systems. A failure of Microsoft Entra ID counts as one of {@link #DATAVERSE}. */
public enum RemoteSystem {
    DIDOMI("Didomi", "DIDOMI_API_URL"),
    DATAVERSE("Dataverse", "`instance` in the secret");

    private final String label;
    private final String setting;

    RemoteSystem(String label, String setting) {
        this.label = label;
        this.setting = setting;
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

    /** Which setting names its address, for people. */
    public String setting() {
        return setting;
    }
}
