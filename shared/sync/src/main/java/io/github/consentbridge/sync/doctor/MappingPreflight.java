package io.github.consentbridge.sync.doctor;

import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.connections.Connections;
import java.util.List;

/**
 * Looks, before people are read or written, whether the credentials are accepted and every mapping can work. A run without
 * this would leave out the mappings that cannot work, and report that there are no differences.
 */
public final class MappingPreflight {
    private final Integration integration;
    private final Connections connections;

    public MappingPreflight(Integration integration, Connections connections) {
        this.integration = integration;
        this.connections = connections;
    }

    /**
     * Refuses mappings that cannot work. Reads the columns' metadata and Didomi's purposes, and writes nothing. Safe to
     * repeat.
     *
     * @throws BridgeException with exit code {@link ExitCode#USAGE} and one line for each mistake, as {@link Doctor} words it
     * @throws RemoteException if a system refuses us, or cannot answer now
     */
    public void refuse() {
        Checks checks = new Checks();
        new ContactChecks(integration, connections.dataverse(), checks).mappings();
        new DidomiChecks(integration, connections, checks).mappings();
        List<String> mistakes = checks.found().stream()
                .filter(check -> check.state() == Check.State.FAILED)
                .map(Check::sentence)
                .toList();
        if (!mistakes.isEmpty()) {
            throw new BridgeException(ExitCode.USAGE, String.join("\n", mistakes));
        }
    }
}
