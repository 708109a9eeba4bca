package io.github.consentbridge.sync.credentials;

import java.util.Optional;

/** Reads the secret. Safe for use by several threads. */
public interface Credentials {
    /**
     * The secret, at most five minutes old; if it cannot be read again, at most an hour.
     *
     * @throws CredentialsException if it is missing or cannot be used
     */
    BridgeSecret current();

    /**
     * The present secret, for use after a peer refused ours or presented an unknown key, so that a rotation needs no deploy.
     * Calls within two seconds return what the first one read.
     *
     * @throws CredentialsException if it is missing or cannot be used now. What {@link #current} still returns then may be
     *     outdated: an unknown key need not be wrong
     */
    BridgeSecret refreshed();

    /** Why the secret could not be read at the last try; empty if it could, or was not tried yet. */
    default Optional<CredentialsException> failure() {
        return Optional.empty();
    }
}
