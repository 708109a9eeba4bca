package io.github.consentbridge.mapping.document;

/** Which side a mapping may write. A choice counts wherever it was made; the direction only limits the writing. */
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
