package io.github.consentbridge.connectors.didomi;

import io.github.consentbridge.connectors.http.RemoteException;

/** What became of one posted event. */
public sealed interface EventResult {
    /** Didomi has it, from this call or from an earlier one. */
    record Posted() implements EventResult {}

    /**
     * Didomi refuses it, and does not have it.
     *
     * @param message Didomi's text, at most 500 characters; can quote personal data: not for logs
     */
    record Rejected(int status, String message) implements EventResult {
        /** Says why by status only. */
        @Override
        public String toString() {
            return "Rejected[" + status + "]";
        }
    }

    /** Not known to be stored; worth a repeat. {@link RemoteException#concernsSystem()} says whether to pause first. */
    record Failed(RemoteException cause) implements EventResult {}
}
