package io.github.consentbridge.sync.doctor;

import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.sync.doctor.Check.State;
import java.util.ArrayList;
import java.util.List;

/** Collects the results of checks. */
final class Checks {
    private final List<Check> found = new ArrayList<>();

    void ok(CheckCode code, String subject, String sentence) {
        found.add(new Check(code, subject, State.OK, sentence));
    }

    void warning(CheckCode code, String subject, String sentence) {
        found.add(new Check(code, subject, State.WARNING, sentence));
    }

    void failed(CheckCode code, String subject, String sentence) {
        found.add(new Check(code, subject, State.FAILED, sentence));
    }

    /** @param cause what has to be fixed first, without a full stop */
    void notChecked(CheckCode code, String subject, String cause) {
        found.add(new Check(code, subject, State.NOT_CHECKED, "not checked: " + cause));
    }

    /**
     * Runs a check; if its subject cannot be read, the check has failed.
     *
     * @return whether it could be read
     */
    boolean attempt(CheckCode code, String subject, Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (BridgeException e) {
            failed(code, subject, e.sentence());
            return false;
        }
    }

    /** What the first check of a system shows of the others. */
    enum Login {
        DONE,
        /** This request failed; others may succeed. */
        UNCERTAIN,
        /** The system does not answer or does not accept us: every other check would say the same. */
        IMPOSSIBLE
    }

    /** Runs the first check of a system. One request that fails alone hides no other check. */
    Login login(CheckCode code, String subject, Runnable reading) {
        try {
            reading.run();
            return Login.DONE;
        } catch (RemoteException e) {
            failed(code, subject, e.sentence());
            return e.status() == 0 || e.status() == 401 || e.status() == 403 ? Login.IMPOSSIBLE : Login.UNCERTAIN;
        } catch (BridgeException e) {
            failed(code, subject, e.sentence());
            return Login.IMPOSSIBLE;
        }
    }

    boolean hasFailed(CheckCode code) {
        return found.stream().anyMatch(check -> check.code() == code && check.state() == State.FAILED);
    }

    List<Check> found() {
        return List.copyOf(found);
    }
}
