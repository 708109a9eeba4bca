package io.github.consentbridge.sync.doctor;

import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.sync.doctor.Check.State;
import java.util.ArrayList;
import java.util.List;

/** Collects the results of checks. */
final class Checks {
    private final List<Check> found = new ArrayList<>();

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
     * Runs a check; if its subject cannot be read, the check has failed.
     *
     * @return whether it could be read
     */
    boolean attempt(String subject, Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (BridgeException e) {
            failed(subject, e.sentence());
            return false;
        }
    }

    /**
     * Runs the first check of a system. One request that fails alone hides no other check.
     *
     * @return whether the check succeeded
     * @throws RemoteException if the system did not answer or does not accept us: every other check would say the same
     */
    boolean attemptFirst(String subject, Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (RemoteException e) {
            if (e.status() == 0 || e.status() == 401 || e.status() == 403) {
                throw e;
            }
            failed(subject, e.sentence());
            return false;
        }
    }

    List<Check> found() {
        return List.copyOf(found);
    }
}
