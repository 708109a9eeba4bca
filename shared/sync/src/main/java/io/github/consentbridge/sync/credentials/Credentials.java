package io.github.consentbridge.sync.credentials;

/** Where the secret is. Safe for use by several threads. */
public interface Credentials {
    /**
     * The secret, at most five minutes old.
     *
     * @throws CredentialsException if there is none or it is not usable
     */
    BridgeSecret current();

    /**
     * The secret as it stands now: asked for after a peer refused ours, or showed a key that we do not know, so that a
     * rotation needs no deploy. Bounded: repeated calls within a few seconds give what the first one read.
     *
     * @throws CredentialsException if there is none or it is not usable
     */
    BridgeSecret refreshed();
}
