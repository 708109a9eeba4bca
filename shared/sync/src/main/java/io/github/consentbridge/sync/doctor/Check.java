package io.github.consentbridge.sync.doctor;

/**
 * What came of looking at one thing.
 *
 * @param subject what was looked at, in a word or two
 * @param sentence what was found, and what to do about it; holds no secret
 */
public record Check(String subject, State state, String sentence) {
    /** How it is. */
    public enum State {
        /** As it should be. */
        OK,
        /** The bridge works, but less well than it could, or somebody should look. */
        WARNING,
        /** Something will not work. */
        FAILED
    }
}
