package io.github.consentbridge.sync.doctor;

import io.github.consentbridge.mapping.document.DocumentCheck;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.KnownIds;
import io.github.consentbridge.mapping.json.Problem;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.MappingCheck;
import io.github.consentbridge.sync.doctor.Checks.Login;
import java.util.List;
import java.util.stream.Collectors;

/** Checks Didomi: the API key, and whether the mapped purposes and preferences exist. */
final class DidomiChecks {
    private static final String DIDOMI = "Didomi";
    private static final String PURPOSES = "purposes";

    private final Integration integration;
    private final Connections connections;
    private final Checks checks;

    DidomiChecks(Integration integration, Connections connections, Checks checks) {
        this.integration = integration;
        this.connections = connections;
        this.checks = checks;
    }

    static void notChecked(Checks checks, String cause) {
        checks.notChecked(CheckCode.DIDOMI_LOGIN, DIDOMI, cause);
        checks.notChecked(CheckCode.PURPOSES, PURPOSES, cause);
    }

    /** Whether what else needs Didomi can be checked. */
    boolean run() {
        String regulation = integration.mappings().get(0).regulation().id();
        Login login = checks.login(CheckCode.DIDOMI_LOGIN, DIDOMI, () -> {
            connections.didomi().usersPage(regulation, "");
            checks.ok(CheckCode.DIDOMI_LOGIN, DIDOMI, "The API key can log in and read the organization's users.");
        });
        if (login == Login.IMPOSSIBLE) {
            checks.notChecked(CheckCode.PURPOSES, PURPOSES, "the login to Didomi comes first");
            return false;
        }
        checks.attempt(
                CheckCode.PURPOSES, PURPOSES, () -> purposes(new MappingCheck(integration, connections).listed()));
        return true;
    }

    private void purposes(KnownIds listed) {
        List<Problem> unlisted = DocumentCheck.unlisted(integration, listed);
        if (!unlisted.isEmpty()) {
            checks.failed(
                    CheckCode.PURPOSES,
                    PURPOSES,
                    unlisted.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        } else if (listed.purposes().isEmpty()) {
            checks.warning(
                    CheckCode.PURPOSES,
                    PURPOSES,
                    "Didomi lists no purposes, so the mapped purposes cannot be checked.");
        } else {
            checks.ok(CheckCode.PURPOSES, PURPOSES, "All mapped purposes and preferences exist in Didomi.");
        }
    }
}
