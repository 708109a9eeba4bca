package io.github.consentbridge.connectors.http;

/** A source of bearer tokens. Safe for use by several threads; makes one attempt and does not retry. */
public interface TokenSource {
    /**
     * A token that should be valid, cached if possible.
     *
     * @throws RemoteException of the system that the token is for
     */
    Secret token();

    /**
     * A token other than the one just refused with 401. Several threads with the same refused token cause one request.
     *
     * @throws RemoteException of the system that the token is for
     */
    Secret tokenInsteadOf(Secret refused);
}
