package io.github.consentbridge.sync.history;

import java.util.Locale;

/** What a history entry records. */
public enum HistoryKind {
    /** A choice that stood from then on, as far as was known at that moment. */
    CHOICE,
    /** A choice that another one had already replaced when it became known. */
    SUPERSEDED,
    /** A choice that its own side no longer has, for example because its event was deleted in Didomi. It counted until then. */
    REVOKED,
    /** An inferred choice that turned out to be none, or to be the choice that a delivery then reported. It never counted. */
    CORRECTED,
    /** A side was seen with another value than before, and no choice, write or event of ours explains it. */
    OBSERVED,
    /** We wrote a contact column. */
    WRITE,
    /** We posted a consent event to Didomi. */
    EVENT,
    /** Didomi deleted the person. */
    ERASURE,
    /** An operator gave up a dead letter: what it reports was not applied. */
    DISCARDED;

    /** The kind's name in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind with this name in JSON.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static HistoryKind ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether the entry adds a choice. */
    public boolean isChoice() {
        return this == CHOICE || this == SUPERSEDED;
    }

    /** Whether the entry takes a choice away. */
    public boolean isRemoval() {
        return this == REVOKED || this == CORRECTED;
    }
}
