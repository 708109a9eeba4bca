package io.github.consentbridge.connectors.dataverse.contact;

import io.github.consentbridge.connectors.http.RemoteException;

/** What became of one {@link ContactWrite}. */
public sealed interface WriteResult {
    /** Done. */
    record Written() implements WriteResult {}

    /** The row is no longer as it was read (412): read again, decide again. */
    record Conflict() implements WriteResult {}

    /**
     * The contact, or one with the same alternate key, exists already: find it and decide again.
     *
     * @param code {@code 0x80060892} (alternate key), {@code 0x80040237} (same id or unique value) or
     *     {@code 0x80040333} (duplicate-detection rule)
     */
    record Duplicate(String code) implements WriteResult {}

    /** There is no such contact any more (404 on an update). */
    record Gone() implements WriteResult {}

    /**
     * This write will never succeed as it is.
     *
     * @param message Dataverse's text, at most 500 characters; can quote personal data: not for logs
     */
    record Rejected(int status, String code, String message) implements WriteResult {
        /** Says why by code only. */
        @Override
        public String toString() {
            return "Rejected[" + status + " " + code + "]";
        }
    }

    /**
     * Not known to be written; worth a repeat, because it is this part's 429 or 5xx, or the batch as a whole failed
     * or came back without this part. {@link RemoteException#concernsSystem()} says whether to pause first.
     */
    record Failed(RemoteException cause) implements WriteResult {}
}
