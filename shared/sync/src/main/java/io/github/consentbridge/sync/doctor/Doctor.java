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
import java.util.UUID;

/**
 * Checks everything that the bridge needs from other systems, in about a dozen requests, and writes nothing. If something
 * cannot be read, that is a failed check, never an exception. Safe to repeat.
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

    /** All checks, in the order in which problems are best fixed. */
    public List<Check> examine() {
        Checks checks = new Checks();
        if (checks.attempt(SECRET, () -> secret(credentials.current(), checks))) {
            boolean dynamics = checks.attempt("Dynamics", () -> dynamics(checks));
            boolean didomi = checks.attempt("Didomi", () -> new DidomiChecks(integration, connections, checks).run());
            if (dynamics && didomi) {
                checks.attempt(WEBHOOKS, () -> webhooks(checks));
            }
        }
        return checks.found();
    }

    private static void secret(BridgeSecret secret, Checks checks) {
        if (secret.didomiWebhook().isEmpty()) {
            checks.failed(
                    SECRET,
                    "The secret has no webhooks.didomi block: every call from Didomi is answered with 401. Add the block.");
        }
        if (secret.logKey().isEmpty()) {
            checks.warning(
                    SECRET,
                    "The secret has no log_key: each process logs a person under a different hash. Add a log_key; generate"
                            + " it with openssl rand -hex 32.");
        } else {
            checks.ok(SECRET, "The secret can be read.");
        }
    }

    private void dynamics(Checks checks) {
        DataverseClient dataverse = connections.dataverse();
        if (checks.attemptFirst("Dynamics", () -> login(checks))) {
            checks.attempt("application user", () -> role(dataverse, checks));
        }
        new ContactChecks(integration, dataverse, checks).run();
    }

    /** A successful WhoAmI proves a token for the right audience, tenant and application. */
    private void login(Checks checks) {
        UUID user = connections.applicationUser();
        checks.ok(
                "Dynamics",
                "The app registration can log in to "
                        + credentials.current().dynamics().orElseThrow().instance()
                        + " as the application user with systemuserid " + user + ".");
    }

    private void role(DataverseClient dataverse, Checks checks) {
        if (dataverse.isSystemAdministrator(connections.applicationUser())) {
            checks.warning("application user", RegistrationReport.REMINDER);
        } else {
            checks.ok("application user", "The application user is not a System Administrator.");
        }
    }

    private void webhooks(Checks checks) {
        Optional<RegistrationReport> drift = new Registration(integration, credentials, connections).drift();
        if (drift.isEmpty()) {
            checks.warning(
                    WEBHOOKS,
                    "No webhook of this bridge is registered: run register --url with the bridge's address. (A webhook"
                            + " that was added in Didomi's Console cannot be seen from here.)");
            return;
        }
        RegistrationReport report = drift.get();
        List<String> wrong = new ArrayList<>(report.created());
        wrong.addAll(report.changed());
        wrong.addAll(report.removed());
        wrong.forEach(
                sentence -> checks.failed(WEBHOOKS, "The webhooks have drifted; register would report: " + sentence));
        if (wrong.isEmpty()) {
            checks.ok(WEBHOOKS, String.join(" ", report.unchanged()));
        }
        if (!report.byHand().isEmpty()) {
            checks.warning(
                    WEBHOOKS,
                    "The webhook in Didomi has to be added in its Console; whether it was cannot be seen from here.");
        }
    }
}
