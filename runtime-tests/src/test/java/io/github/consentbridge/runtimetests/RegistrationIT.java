package io.github.consentbridge.runtimetests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CloudFormation's requests to the custom resource. */
class RegistrationIT {
    private final Deque<String> answers = new ArrayDeque<>();
    private HttpServer cloudFormation;

    @BeforeEach
    void listen() throws IOException {
        cloudFormation = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cloudFormation.createContext("/", exchange -> {
            answers.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        cloudFormation.start();
    }

    @AfterEach
    void stop() {
        cloudFormation.stop(0);
    }

    @Test
    void createsRepairsAndDeletes() throws Exception {
        try (Site site = new Site();
                FunctionProcess process = site.start(BridgeFunction.REGISTRATION)) {
            JsonNode created = answer(process, "Create", "");
            JsonNode updated =
                    answer(process, "Update", created.path("PhysicalResourceId").asText());

            assertThat(created.path("Status").asText()).as(created.toString()).isEqualTo("SUCCESS");
            assertThat(created.at("/Data/Report").asText()).contains("Created the webhook in Didomi");
            assertThat(updated.at("/Data/Report").asText()).contains("as it should be");
            assertThat(site.simulators.didomi().webhooks())
                    .containsExactly(URI.create("https://bridge.example.org/webhooks/didomi"));

            JsonNode deleted =
                    answer(process, "Delete", created.path("PhysicalResourceId").asText());

            assertThat(deleted.path("Status").asText()).isEqualTo("SUCCESS");
            assertThat(site.simulators.didomi().webhooks()).isEmpty();
        }
    }

    @Test
    void misconfiguredFunctionAnswers() throws Exception {
        try (FunctionProcess process = Site.start(BridgeFunction.REGISTRATION, Map.of())) {
            JsonNode failed = answer(process, "Create", "");
            JsonNode deleted =
                    answer(process, "Delete", failed.path("PhysicalResourceId").asText());

            assertThat(failed.path("Status").asText()).isEqualTo("FAILED");
            assertThat(failed.path("Reason").asText()).contains("set in the environment: BRIDGE_SECRET_ID");
            assertThat(deleted.path("Status").asText()).isEqualTo("SUCCESS");
        }
    }

    private JsonNode answer(FunctionProcess process, String type, String physicalId) throws IOException {
        Outcome outcome =
                process.invoke("""
                {"RequestType": "%s", "ResponseURL": "http://127.0.0.1:%d/answer", "StackId": "arn:aws:cloudformation:s",
                 "RequestId": "r", "ResourceType": "Custom::Registration", "LogicalResourceId": "Registration",
                 "PhysicalResourceId": "%s", "ServiceToken": "arn:aws:lambda:f",
                 "ResourceProperties": {"ServiceToken": "arn:aws:lambda:f", "Url": "https://bridge.example.org"}}""".formatted(type, cloudFormation.getAddress().getPort(), physicalId));

        assertThat(outcome.failed()).as(outcome.body()).isFalse();
        return Site.json(answers.remove());
    }
}
