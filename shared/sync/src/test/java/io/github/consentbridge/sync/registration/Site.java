package io.github.consentbridge.sync.registration;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.connectors.dataverse.webhook.DataverseWebhooks;
import io.github.consentbridge.connectors.dataverse.webhook.ProcessingStep;
import io.github.consentbridge.connectors.dataverse.webhook.ServiceEndpoint;
import io.github.consentbridge.connectors.dataverse.webhook.StepImage;
import io.github.consentbridge.connectors.didomi.DidomiIntegrations;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.RetryPolicy;
import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.connections.MappingCheck;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.SecretReader;
import io.github.consentbridge.sync.doctor.Doctor;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Both simulated systems, and a bridge that registers with them. Everything over real HTTP. */
public final class Site implements AutoCloseable {
    public static final String BOTH_WAYS = document("\"contact_key\": \"new_key\", \"bidirectional\": true");
    static final String ONE_WAY = document("\"contact_key\": \"new_key\"");
    static final BridgeUrl URL = BridgeUrl.parse("--url", "https://bridge.example.org");

    private static final String DYNAMICS = """
            "dynamics": {"header": "x-our-key", "values": ["%s", "value-before-that-one"]}""";
    private static final String DIDOMI = """
            "didomi": {"header": "x-our-key", "values": ["value-for-didomis-header"],
                       "client_id": "didomi", "client_secrets": ["%s", "secret-before-that-one"]}""";

    public final Simulators simulators =
            Simulators.start(Clock.fixed(Instant.parse("2026-10-02T08:00:00Z"), ZoneOffset.UTC));

    /** The webhooks block of the secret. */
    String webhooks = webhooks("first-value-for-dynamics", "first-secret-for-didomi");

    /** The environment's address in the secret; a mistyped one has no login URL of a test either. */
    public String instance = simulators.dataverse().url().toString();

    private final Connections looking = connections(integration(BOTH_WAYS));

    public Site() {
        simulators.dataverse().column(SimulatedColumn.text("new_key", 100));
        simulators.dataverse().column(SimulatedColumn.bool("new_newsletter"));
        simulators.dataverse().column(SimulatedColumn.bool("new_offers"));
    }

    static String webhooks(String dynamics, String didomi) {
        return DYNAMICS.formatted(dynamics) + "," + DIDOMI.formatted(didomi);
    }

    public static String document(String properties) {
        return """
                {"type_id": "microsoft-dynamics", "properties": {"organization_id": "acme", %s},
                 "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}},
                              {"id": "new_offers", "value": {"purpose": "offers"}, "direction": "to_dynamics"}]}""".formatted(properties);
    }

    public RegistrationReport register() {
        return registration(BOTH_WAYS).register(URL);
    }

    RegistrationReport repair() {
        return registration(BOTH_WAYS).repair();
    }

    public Doctor doctor(String document) {
        Integration integration = integration(document);
        return new Doctor(integration, credentials(), connections(integration));
    }

    public MappingCheck mappingCheck(String document) {
        Integration integration = integration(document);
        return new MappingCheck(integration, connections(integration));
    }

    public Registration registration(String document) {
        Integration integration = integration(document);
        return new Registration(integration, credentials(), connections(integration));
    }

    /** Somebody disables the step of this message. */
    public void disable(String message) {
        ProcessingStep step = step(message);
        ProcessingStep.Settings was = step.settings();
        dynamics()
                .updateStep(
                        step.id(),
                        new ProcessingStep.Settings(
                                was.message(),
                                was.table(),
                                was.filteringAttributes(),
                                was.mode(),
                                was.stage(),
                                false,
                                was.autoDelete()));
    }

    /** How a test looks at Dynamics, and spoils it. */
    DataverseWebhooks dynamics() {
        return looking.dataverse().webhooks();
    }

    /** The same for Didomi. */
    DidomiIntegrations didomi() {
        return looking.didomi().integrations();
    }

    List<ServiceEndpoint> endpoints() {
        return dynamics().endpoints("Consent Bridge");
    }

    ServiceEndpoint endpoint() {
        return endpoints().get(0);
    }

    List<ProcessingStep> steps() {
        return dynamics().steps(endpoint().id());
    }

    ProcessingStep step(String message) {
        return steps().stream()
                .filter(step -> step.settings().message().equals(message))
                .findFirst()
                .orElseThrow();
    }

    StepImage image(String message, String alias) {
        return step(message).images().stream()
                .filter(image -> image.settings().alias().equals(alias))
                .findFirst()
                .orElseThrow();
    }

    private static Integration integration(String document) {
        return IntegrationReader.read(document.getBytes(UTF_8), IntegrationReader.Place.FILE);
    }

    private Connections connections(Integration integration) {
        Endpoints endpoints = new Endpoints(
                ServiceUrl.parse("DIDOMI_API_URL", simulators.didomi().url().toString()),
                instance.equals(simulators.dataverse().url().toString())
                        ? ServiceUrl.parse(
                                "ENTRA_LOGIN_URL", simulators.entra().url().toString())
                        : null);
        RemoteSettings settings = RemoteSettings.standard(Clock.systemUTC())
                .withRetry(RetryPolicy.standard().withSleeper(time -> {}));
        return new Connections(integration, credentials(), endpoints, settings);
    }

    private Credentials credentials() {
        BridgeSecret secret = SecretReader.read("""
                {"didomi": {"key": "%s", "secret": "%s"},
                 "microsoft-dynamics": {"client_id": "%s", "client_secret": "%s", "tenant_id": "%s", "instance": "%s"},
                 "webhooks": {%s}}""".formatted(
                        simulators.didomi().key(),
                        simulators.didomi().secret(),
                        simulators.entra().clientId(),
                        simulators.entra().clientSecret(),
                        simulators.entra().tenantId(),
                        instance,
                        webhooks)
                .getBytes(UTF_8));
        return new Credentials() {
            @Override
            public BridgeSecret current() {
                return secret;
            }

            @Override
            public BridgeSecret refreshed() {
                return secret;
            }
        };
    }

    @Override
    public void close() {
        simulators.close();
    }
}
