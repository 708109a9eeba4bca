package io.github.consentbridge.sync.doctor;

import io.github.consentbridge.mapping.document.DocumentCheck;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.json.Problem;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.registration.Registration;
import java.util.List;
import java.util.Optional;

/**
 * Checks everything that the bridge needs from other systems, in about a dozen requests, and writes nothing. If something
 * cannot be read, that is a failed check, never an exception; what depends on it is not checked. Safe to repeat.
 */
public final class Doctor {
    private static final String DOCUMENT = "integration document";
    private static final String SECRET = "secret";

    private final Integration integration;
    private final Credentials credentials;
    private final Connections connections;

    public Doctor(Integration integration, Credentials credentials, Connections connections) {
        this.integration = integration;
        this.credentials = credentials;
        this.connections = connections;
    }

    /** All checks, in the order in which problems are best fixed: the cause before what depends on it. */
    public List<Check> examine() {
        Checks checks = new Checks();
        document(checks);
        if (checks.attempt(CheckCode.SECRET, SECRET, () -> secret(credentials.current(), checks))) {
            boolean dynamics = new DynamicsChecks(integration, credentials, connections, checks).run();
            boolean didomi = new DidomiChecks(integration, connections, checks).run();
            webhooks(checks, dynamics && didomi);
        } else {
            String cause = "the secret comes first";
            DynamicsChecks.notChecked(checks, cause);
            DidomiChecks.notChecked(checks, cause);
            WebhookChecks.notChecked(checks, cause);
        }
        return checks.found();
    }

    private void document(Checks checks) {
        List<Problem> problems = DocumentCheck.problems(integration);
        problems.forEach(problem -> checks.failed(CheckCode.DOCUMENT, DOCUMENT, problem.toString()));
        if (problems.isEmpty()) {
            checks.ok(
                    CheckCode.DOCUMENT,
                    DOCUMENT,
                    "It is valid, with " + integration.mappings().size()
                            + (integration.mappings().size() == 1 ? " mapping." : " mappings."));
        }
    }

    private void secret(BridgeSecret secret, Checks checks) {
        checks.ok(CheckCode.SECRET, SECRET, "The secret can be read.");
        if (secret.didomiWebhook().isEmpty()) {
            checks.failed(
                    CheckCode.SECRET,
                    SECRET,
                    "The secret has no webhooks.didomi block: every call from Didomi is answered with 401. Add the block.");
        }
        if (integration.reachesDidomi() && secret.dynamicsWebhook().isEmpty()) {
            checks.failed(
                    CheckCode.SECRET,
                    SECRET,
                    "The secret has no webhooks.dynamics block, but a mapping reaches Didomi: every call from Dynamics is"
                            + " answered with 401. Add the block.");
        }
        if (secret.logKey().isEmpty()) {
            checks.warning(
                    CheckCode.LOG_KEY,
                    "log_key",
                    "The secret has no log_key: each process logs a person under a different hash. Add a log_key; generate"
                            + " it with openssl rand -hex 32.");
        }
    }

    /** The registration is computed from the document and the secret, so it would only repeat what is wrong with them. */
    private void webhooks(Checks checks, boolean isLoggedIn) {
        Optional<String> cause = !isLoggedIn
                ? Optional.of("the logins come first")
                : checks.hasFailed(CheckCode.SECRET)
                        ? Optional.of("the secret comes first")
                        : checks.hasFailed(CheckCode.COLUMN) || checks.hasFailed(CheckCode.KEY_COLUMN)
                                ? Optional.of("the columns come first, because the webhooks name them")
                                : Optional.empty();
        cause.ifPresentOrElse(
                first -> WebhookChecks.notChecked(checks, first),
                () -> new WebhookChecks(new Registration(integration, credentials, connections), checks).run());
    }
}
