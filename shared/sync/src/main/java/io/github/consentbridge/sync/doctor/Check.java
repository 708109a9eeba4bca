package io.github.consentbridge.sync.doctor;

/**
 * The result of one check.
 *
 * @param subject what was checked, in a word or two
 * @param sentence what was found, and what to do about it; holds no secret
 */
public record Check(String subject, State state, String sentence) {
    /** The state of the subject. */
    public enum State {
        /** As it should be. */
        OK,
        /** The bridge works, but something can be improved or should be looked at. */
        WARNING,
        /** Something will not work. */
        FAILED
    }
}
