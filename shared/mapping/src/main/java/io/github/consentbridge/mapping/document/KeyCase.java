package io.github.consentbridge.mapping.document;

import java.util.Locale;

/** How organization user ids are compared with the contact's key column. */
public enum KeyCase {
    EXACT,
    /** Both sides in lower case, independent of any language's rules. */
    LOWER;

    public String apply(String key) {
        return this == LOWER ? key.toLowerCase(Locale.ROOT) : key;
    }
}
