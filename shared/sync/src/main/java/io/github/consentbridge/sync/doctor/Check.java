package io.github.consentbridge.sync.doctor;

import java.util.Locale;

/**
 * The result of one check.
 *
 * @param code what was checked; several results may share one, for example one per mapped column
 * @param subject the same in a word or two, for people
 * @param sentence what was found, and what to do about it; may have several lines; holds no secret
 */
public record Check(CheckCode code, String subject, State state, String sentence) {
    /** The state of the subject. */
    public enum State {
        /** As it should be. */
        OK,
        /** The bridge works, but something can be improved or should be looked at. */
        WARNING,
        /** Something will not work. */
        FAILED,
        /** It could not be checked, because something else has failed that comes first. */
        NOT_CHECKED;

        /** The name in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
