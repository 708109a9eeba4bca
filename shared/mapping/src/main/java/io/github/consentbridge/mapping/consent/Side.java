package io.github.consentbridge.mapping.consent;

import java.util.Locale;

/** One of the two systems in which a person's choice can be made. */
public enum Side {
    DIDOMI,
    DYNAMICS;

    /** To which a choice that was made here has to go. */
    public Side other() {
        return this == DIDOMI ? DYNAMICS : DIDOMI;
    }

    /** How JSON names it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The side that JSON names so. */
    public static Side ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
