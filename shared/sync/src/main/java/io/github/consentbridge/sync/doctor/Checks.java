package io.github.consentbridge.sync.doctor;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.sync.doctor.Check.State;
import java.util.ArrayList;
import java.util.List;

/** Collects what was found. */
final class Checks {
    private final List<Check> found = new ArrayList<>();

    /** Something to look at, which may turn out not to be reachable. */
    @FunctionalInterface
    interface Look {
        void at();
    }

    void ok(String subject, String sentence) {
        found.add(new Check(subject, State.OK, sentence));
    }

    void warning(String subject, String sentence) {
        found.add(new Check(subject, State.WARNING, sentence));
    }

    void failed(String subject, String sentence) {
        found.add(new Check(subject, State.FAILED, sentence));
    }

    /**
     * Looks; what cannot be looked at is a failed check.
     *
     * @return whether it could be
     */
    boolean look(String subject, Look look) {
        try {
            look.at();
            return true;
        } catch (BridgeException e) {
            failed(subject, e.sentence());
            return false;
        }
    }

    List<Check> found() {
        return List.copyOf(found);
    }
}
