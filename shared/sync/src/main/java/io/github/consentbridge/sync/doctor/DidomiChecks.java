package io.github.consentbridge.sync.doctor;

import io.github.consentbridge.connectors.didomi.DidomiClient;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.sync.connections.Connections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks Didomi: the API key, and whether the mapped purposes exist. */
final class DidomiChecks {
    private static final String KEY = "Didomi";
    private static final String PURPOSES = "purposes";

    private final Integration integration;
    private final Connections connections;
    private final Checks checks;

    DidomiChecks(Integration integration, Connections connections, Checks checks) {
        this.integration = integration;
        this.connections = connections;
        this.checks = checks;
    }

    void run() {
        DidomiClient didomi = connections.didomi();
        String regulation = integration.mappings().get(0).regulation().id();
        checks.attemptFirst(KEY, () -> {
            didomi.usersPage(regulation, "");
            checks.ok(KEY, "The API key can log in and read the organization's users.");
        });
        checks.attempt(PURPOSES, () -> purposes(didomi.purposes()));
    }

    /**
     * Checks only that Didomi accepts the API key and has the mapped purposes. A key that may not list the purposes can do
     * all of the bridge's work, so it is no reason to refuse the mappings.
     *
     * @throws RemoteException if Didomi refuses the key, or cannot answer now
     */
    void mappings() {
        try {
            purposes(connections.didomi().purposes());
        } catch (RemoteException e) {
            if (e.status() != 403 && e.status() != 404) {
                throw e;
            }
            connections
                    .didomi()
                    .usersPage(integration.mappings().get(0).regulation().id(), "");
        }
    }

    private void purposes(Set<String> known) {
        List<String> missing = integration.mappings().stream()
                .map(Mapping::value)
                .map(DidomiPath::parts)
                .flatMap(parts -> Optional.ofNullable(parts.get("purpose")).stream())
                .distinct()
                .filter(purpose -> !known.contains(purpose))
                .toList();
        if (known.isEmpty()) {
            checks.warning(PURPOSES, "Didomi lists no purposes, so the mapped purposes cannot be checked.");
        } else if (missing.isEmpty()) {
            checks.ok(PURPOSES, "All mapped purposes exist in Didomi.");
        } else {
            checks.failed(
                    PURPOSES,
                    "Didomi does not have the purpose " + String.join(", ", missing)
                            + ": correct the mapping. Didomi has " + String.join(", ", known) + ".");
        }
    }
}
