package io.github.consentbridge.mapping.document;

/** Which side's choice wins if both sides have one. */
public enum Wins {
    /** The later choice; within one second the refusal. */
    NEWEST,
    DIDOMI,
    DYNAMICS
}
