package io.github.consentbridge.sync.rights;

import java.util.Locale;

/** What was done with a person's data. */
public enum AccessKind {
    /** A person's values were explained, or their history was listed. */
    LOOKED_AT,
    EXPORTED,
    ERASED,
    /** Organization user ids were searched by an e-mail address or a contact. */
    SEARCHED,
    /** The hash was computed under which logs name the person. */
    HASHED;

    /** The name in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with this {@link #word()}. */
    public static AccessKind ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
