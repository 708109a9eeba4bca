package io.github.consentbridge.sync.rights;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.didomi.DidomiClient;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.sync.connections.Connections;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads of the other systems, repeated once with a new secret if the system refused the one that was known. */
final class RemoteReads {
    private RemoteReads() {}

    static <T> T dataverse(Connections connections, Function<DataverseClient, T> read) {
        return read(connections, () -> read.apply(connections.dataverse()));
    }

    static <T> T didomi(Connections connections, Function<DidomiClient, T> read) {
        return read(connections, () -> read.apply(connections.didomi()));
    }

    private static <T> T read(Connections connections, Supplier<T> read) {
        try {
            return read.get();
        } catch (RemoteException e) {
            if (connections.refreshAfter(e)) {
                return read.get();
            }
            throw e;
        }
    }
}
