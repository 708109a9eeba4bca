package io.github.consentbridge.mapping.consent;

import java.util.Locale;

/** One of the two systems in which a choice can be made. */
public enum Side {
    DIDOMI("Didomi"),
    DYNAMICS("Dynamics");

    private final String label;

    Side(String label) {
        this.label = label;
    }

    /** The side to which choices made on this side are copied. */
    public Side other() {
        return this == DIDOMI ? DYNAMICS : DIDOMI;
    }

    /** The side's name in a sentence. */
    public String label() {
        return label;
    }

    /** The side's name in JSON and in logs: {@code didomi} or {@code dynamics}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Side ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
