package io.github.consentbridge.mapping.document;

/** Whose choice stands when both sides have one. */
public enum Wins {
    /** The later choice; within one second the refusal. */
    NEWEST,
    DIDOMI,
    DYNAMICS
}
