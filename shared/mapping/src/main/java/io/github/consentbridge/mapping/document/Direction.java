package io.github.consentbridge.mapping.document;

/** Which side a mapping may write. Choices of both sides count; the direction limits only the writes. */
public enum Direction {
    BOTH,
    TO_DYNAMICS,
    TO_DIDOMI;

    public boolean writesDynamics() {
        return this != TO_DIDOMI;
    }

    public boolean writesDidomi() {
        return this != TO_DYNAMICS;
    }
}
