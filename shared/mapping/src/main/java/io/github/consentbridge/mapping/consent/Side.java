package io.github.consentbridge.mapping.consent;

/** One of the two systems in which a person's choice can be made. */
public enum Side {
    DIDOMI,
    DYNAMICS;

    /** To which a choice that was made here has to go. */
    public Side other() {
        return this == DIDOMI ? DYNAMICS : DIDOMI;
    }
}
