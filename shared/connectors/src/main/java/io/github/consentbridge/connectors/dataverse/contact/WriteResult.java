package io.github.consentbridge.connectors.dataverse.contact;

import io.github.consentbridge.connectors.http.RemoteException;

/** The result of one {@link ContactWrite}. */
public sealed interface WriteResult {
    /**
     * The contact is written.
     *
     * @param requestId Dataverse's id of the request; may be empty
     */
    record Written(String requestId) implements WriteResult {
        /** An answer without an id. */
        public Written() {
            this("");
        }
    }

    /** The row has changed since it was read (412): read it and decide again. */
    record Conflict() implements WriteResult {}

    /**
     * The row has changed since it was read, or exists already, perhaps by an earlier attempt of this very write whose
     * answer was lost: read it and decide again.
     */
    record Uncertain() implements WriteResult {}

    /**
     * The contact, or one with the same alternate key, already exists: find it and decide again.
     *
     * @param code {@code 0x80060892} (alternate key), {@code 0x80040237} (same id or unique value) or
     *     {@code 0x80040333} (duplicate-detection rule)
     */
    record Duplicate(String code) implements WriteResult {}

    /** The contact no longer exists (404 on an update). */
    record Gone() implements WriteResult {}

    /**
     * This write can never succeed as it is; without a column that Dataverse refuses it may, see {@link WriteAttempt}.
     *
     * @param message Dataverse's text, at most 500 characters; it can quote personal data and must not be logged
     * @param requestId Dataverse's id of the request; may be empty
     */
    record Rejected(int status, String code, String message, String requestId) implements WriteResult {
        /** Contains the code only. */
        @Override
        public String toString() {
            return "Rejected[" + status + " " + code + "]";
        }
    }

    /**
     * Not known to be written and worth a repeat: this part was answered with 429 or 5xx, the batch failed as a whole,
     * or the answer lacks this part. {@link RemoteException#concernsSystem()} says whether to pause first.
     */
    record Failed(RemoteException cause) implements WriteResult {}
}
