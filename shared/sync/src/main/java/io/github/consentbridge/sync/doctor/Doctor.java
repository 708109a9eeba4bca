package io.github.consentbridge.sync.doctor;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.registration.Registration;
import io.github.consentbridge.sync.registration.RegistrationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at everything that the bridge needs from other systems, in about a dozen requests, and writes nothing. What cannot
 * be looked at is a failed check, never an exception. Safe to repeat.
 */
public final class Doctor {
    private static final String SECRET = "secret";
    private static final String WEBHOOKS = "webhooks";

    private final Integration integration;
    private final Credentials credentials;
    private final Connections connections;

    public Doctor(Integration integration, Credentials credentials, Connections connections) {
        this.integration = integration;
        this.credentials = credentials;
        this.connections = connections;
    }

    /** All checks, in the order in which they are best put right. */
    public List<Check> examine() {
        Checks checks = new Checks();
        if (checks.look(SECRET, () -> secret(credentials.current(), checks))) {
            boolean dynamics = checks.look("Dynamics", () -> dynamics(checks));
            boolean didomi = checks.look("Didomi", () -> new DidomiChecks(integration, connections, checks).run());
            if (dynamics && didomi) {
                checks.look(WEBHOOKS, () -> webhooks(checks));
            }
        }
        return checks.found();
    }

    private static void secret(BridgeSecret secret, Checks checks) {
        if (secret.didomiWebhook().isEmpty()) {
            checks.failed(SECRET, "It has no block webhooks.didomi: every call of Didomi is answered 401.");
        }
        if (secret.logKey().isEmpty()) {
            checks.warning(
                    SECRET,
                    "It has no log_key: the log names one person by another hash in each process. Make one with:"
                            + " openssl rand -hex 32");
        } else {
            checks.ok(SECRET, "It can be read.");
        }
    }

    /** Who gets through to WhoAmI has a token for the right audience, tenant and application. */
    private void dynamics(Checks checks) {
        DataverseClient dataverse = connections.dataverse();
        var user = connections.applicationUser();
        checks.ok(
                "Dynamics",
                "The app registration logs in to "
                        + credentials.current().dynamics().orElseThrow().instance()
                        + " as the application user with systemuserid " + user + ".");
        checks.look("application user", () -> {
            if (dataverse.isSystemAdministrator(user)) {
                checks.warning("application user", RegistrationReport.REMINDER);
            } else {
                checks.ok("application user", "It is no System Administrator.");
            }
        });
        new ContactChecks(integration, dataverse, checks).run();
    }

    private void webhooks(Checks checks) {
        Optional<RegistrationReport> drift = new Registration(integration, credentials, connections).drift();
        if (drift.isEmpty()) {
            checks.warning(
                    WEBHOOKS,
                    "None of this bridge is registered: run register --url with the address of the bridge"
                            + " (one that was typed into Didomi's Console cannot be seen from here).");
            return;
        }
        RegistrationReport report = drift.get();
        List<String> wrong = new ArrayList<>(report.created());
        wrong.addAll(report.changed());
        wrong.addAll(report.removed());
        wrong.forEach(
                sentence -> checks.failed(WEBHOOKS, "They are not as they should be; register would say: " + sentence));
        if (wrong.isEmpty()) {
            checks.ok(WEBHOOKS, String.join(" ", report.unchanged()));
        }
        if (!report.byHand().isEmpty()) {
            checks.warning(WEBHOOKS, "Didomi's was set up by hand, if it was, and cannot be seen from here.");
        }
    }
}
