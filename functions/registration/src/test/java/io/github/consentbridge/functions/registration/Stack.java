package io.github.consentbridge.functions.registration;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.aws.cloudformation.AnswerClient;
import io.github.consentbridge.connectors.dataverse.webhook.DataverseWebhooks;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.RetryPolicy;
import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.credentials.SecretReader;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.registration.Registration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A stack with the custom resource, and both simulated systems. */
final class Stack implements AutoCloseable {
    static final String URL = "https://bridge.example.org";
    static final String DYNAMICS_SECRET = "first-value-for-dynamics";

    private static final String INTEGRATION = """
            {"type_id": "microsoft-dynamics",
             "properties": {"organization_id": "acme", "contact_key": "new_key", "bidirectional": true},
             "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""";

    final CloudFormation cloudFormation = new CloudFormation();
    final Simulators simulators = Simulators.start(Clock.systemUTC());
    final ByteArrayOutputStream log = new ByteArrayOutputStream();

    /** The resource's properties. */
    Map<String, Object> properties = new HashMap<>(Map.of("ServiceToken", "arn:aws:lambda:f", "Url", URL));

    int milliseconds = 60_000;
    Supplier<Registration> registration = this::registration;
    private String clientSecret = simulators.entra().clientSecret();
    private @Nullable String physicalId;

    Stack() throws IOException {
        simulators.dataverse().column(SimulatedColumn.text("new_key", 100));
        simulators.dataverse().column(SimulatedColumn.bool("new_newsletter"));
    }

    void wrongClientSecret() {
        clientSecret = "not-this-one";
    }

    void noCredentials() {
        registration = () -> new Registration(integration(), new Nothing(), connections(new Nothing()));
    }

    /** The resource's state in CloudFormation. */
    Stack physicalId(String id) {
        physicalId = id;
        return this;
    }

    JsonNode create() throws IOException {
        physicalId = null;
        return request("Create");
    }

    /** Sends a request and returns the answer. */
    JsonNode request(String type) throws IOException {
        handler().handleRequest(event(type), context());
        JsonNode answer = cloudFormation.answer();
        physicalId = answer.path("PhysicalResourceId").textValue();
        return answer;
    }

    private RegistrationHandler handler() {
        AnswerClient http = new AnswerClient(time -> {});
        PrintStream out = new PrintStream(log, true, UTF_8);
        return new RegistrationHandler(registration, new JsonOutcomeLog(out, Optional::empty, Clock.systemUTC()), http);
    }

    private CloudFormationCustomResourceEvent event(String type) {
        return CloudFormationCustomResourceEvent.builder()
                .withRequestType(type)
                .withResponseUrl(cloudFormation.responseUrl())
                .withStackId(
                        "arn:aws:cloudformation:eu-west-1:123456789012:stack/" + "s".repeat(128) + "/" + "i".repeat(36))
                .withRequestId("5d478078-13e9-baf0-464a-7ef285ecc786")
                .withLogicalResourceId("R".repeat(255))
                .withPhysicalResourceId(physicalId)
                .withResourceProperties(properties)
                .build();
    }

    private Context context() {
        return (Context) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRemainingTimeInMillis" -> milliseconds;
                    case "getLogStreamName" -> "2026/11/26/[$LATEST]e4b0c9f7a0b54d1f8f4f0d1c2b3a4958";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private Registration registration() {
        Credentials credentials = new Given(SecretReader.read(secret().getBytes(UTF_8)));
        return new Registration(integration(), credentials, connections(credentials));
    }

    private Connections connections(Credentials credentials) {
        Endpoints endpoints = new Endpoints(
                ServiceUrl.parse("DIDOMI_API_URL", simulators.didomi().url().toString()),
                ServiceUrl.parse("ENTRA_LOGIN_URL", simulators.entra().url().toString()));
        RetryPolicy quick = RetryPolicy.standard().withSleeper(time -> {});
        RemoteSettings settings = RemoteSettings.standard(Clock.systemUTC()).withRetry(quick);
        return new Connections(integration(), credentials, endpoints, settings);
    }

    /** The Dataverse messages with a registered step. */
    List<String> steps() {
        return webhooks().endpoints("Consent Bridge").stream()
                .flatMap(endpoint -> webhooks().steps(endpoint.id()).stream())
                .map(step -> step.settings().message())
                .toList();
    }

    void removeStep(String message) {
        webhooks().endpoints("Consent Bridge").stream()
                .flatMap(endpoint -> webhooks().steps(endpoint.id()).stream())
                .filter(step -> step.settings().message().equals(message))
                .forEach(step -> {
                    step.images().forEach(image -> webhooks().deleteImage(image.id()));
                    webhooks().deleteStep(step.id());
                });
    }

    private DataverseWebhooks webhooks() {
        return connections(new Given(SecretReader.read(secret().getBytes(UTF_8))))
                .dataverse()
                .webhooks();
    }

    private static Integration integration() {
        return IntegrationReader.read(INTEGRATION.getBytes(UTF_8), IntegrationReader.Place.FILE);
    }

    private String secret() {
        return """
                {"didomi": {"key": "%s", "secret": "%s"},
                 "microsoft-dynamics": {"client_id": "%s", "client_secret": "%s", "tenant_id": "%s", "instance": "%s"},
                 "webhooks": {"dynamics": {"values": ["%s"]},
                              "didomi": {"client_id": "didomi", "client_secrets": ["first-secret-for-didomi"]}}}""".formatted(
                        simulators.didomi().key(),
                        simulators.didomi().secret(),
                        simulators.entra().clientId(),
                        clientSecret,
                        simulators.entra().tenantId(),
                        simulators.dataverse().url(),
                        DYNAMICS_SECRET);
    }

    String log() {
        return log.toString(UTF_8);
    }

    @Override
    public void close() {
        simulators.close();
        cloudFormation.close();
    }

    /** One secret. */
    private record Given(BridgeSecret current) implements Credentials {
        @Override
        public BridgeSecret refreshed() {
            return current;
        }
    }

    /** No secret. */
    private static final class Nothing implements Credentials {
        @Override
        public BridgeSecret current() {
            throw new CredentialsException("there is no secret");
        }

        @Override
        public BridgeSecret refreshed() {
            return current();
        }
    }
}
