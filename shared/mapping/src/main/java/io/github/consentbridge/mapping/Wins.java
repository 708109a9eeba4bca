package io.github.consentbridge.mapping;

/** Whose choice stands when both sides have one. */
public enum Wins {
    /** The later choice; within one second the refusal. */
    NEWEST,
    DIDOMI,
    DYNAMICS
}
