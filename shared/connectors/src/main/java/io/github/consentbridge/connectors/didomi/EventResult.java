package io.github.consentbridge.connectors.didomi;

import io.github.consentbridge.connectors.http.RemoteException;

/** The result of posting one event. */
public sealed interface EventResult {
    /** Didomi has the event, from this call or an earlier one. */
    record Posted() implements EventResult {}

    /**
     * Didomi refuses the event and does not have it.
     *
     * @param message Didomi's text, at most 500 characters; it can quote personal data and must not be logged
     */
    record Rejected(int status, String message) implements EventResult {
        /** Contains the status only. */
        @Override
        public String toString() {
            return "Rejected[" + status + "]";
        }
    }

    /**
     * Not known to be stored and worth a repeat. {@link RemoteException#concernsSystem()} says whether to pause first.
     */
    record Failed(RemoteException cause) implements EventResult {}
}
