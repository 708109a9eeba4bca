package io.github.consentbridge.connectors.http;

/** Where bearer tokens come from. Safe for use by several threads; makes one attempt and does not retry by itself. */
public interface TokenSource {
    /**
     * A token that should be valid, from memory if there is one.
     *
     * @throws RemoteException of the system that the token is for
     */
    Secret token();

    /**
     * A token that is not the one just refused with 401. Several threads with the same refused token cause one request.
     *
     * @throws RemoteException of the system that the token is for
     */
    Secret tokenInsteadOf(Secret refused);
}
