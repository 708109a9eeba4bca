package io.github.consentbridge.sync.isolation;

import io.github.consentbridge.connectors.http.RemoteSystem;

/**
 * What is done with a record at a remote system. Each can fail while the others work, as writes do where a plug-in is
 * broken, so a success counts for its own operation only.
 */
public enum Operation {
    CONTACT_READ(RemoteSystem.DATAVERSE, "the contact could not be read"),
    CONTACT_WRITE(RemoteSystem.DATAVERSE, "the contact could not be written"),
    USERS_READ(RemoteSystem.DIDOMI, "the person's Didomi users could not be read"),
    EVENTS_READ(RemoteSystem.DIDOMI, "the person's Didomi events could not be read"),
    EVENT_POST(RemoteSystem.DIDOMI, "the event could not be posted");

    private final RemoteSystem system;
    private final String failed;

    Operation(RemoteSystem system, String failed) {
        this.system = system;
        this.failed = failed;
    }

    public RemoteSystem system() {
        return system;
    }

    /** What could not be done, for people. */
    public String failed() {
        return failed;
    }

    /** Whether a record that fails makes a request fail in which others are, with an answer. */
    boolean failsInBulk() {
        return this == CONTACT_READ || this == EVENT_POST;
    }
}
