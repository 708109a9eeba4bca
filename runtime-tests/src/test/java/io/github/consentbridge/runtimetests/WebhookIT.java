package io.github.consentbridge.runtimetests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.aws.EmulatedServices;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DeliveryJson;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** API Gateway's requests to both webhook functions. */
class WebhookIT {
    @ParameterizedTest
    @CsvSource({
        "DIDOMI_WEBHOOK, DIDOMI, didomi-event-created",
        "DYNAMICS_WEBHOOK, DYNAMICS, dynamics-update",
    })
    void acceptsStoresAndRefusesInOneProcess(BridgeFunction function, Side side, String event) throws Exception {
        try (Site site = new Site();
                FunctionProcess process = site.start(function)) {
            assertThat(status(process, Site.event(event))).isEqualTo(202);
            assertThat(status(process, changed(event, "/headers", "x-consent-bridge-key", "somebody-elses")))
                    .isEqualTo(401);
            assertThat(status(process, changed(event, "", "body", "{\"half\":")))
                    .isEqualTo(400);
            assertThat(status(process, at("/elsewhere", event).toString())).isEqualTo(404);
            assertThat(status(process, Site.event(event))).isEqualTo(202);

            List<String> stored = EmulatedServices.take(site.queue);
            assertThat(stored).hasSize(2).allSatisfy(message -> {
                Delivery delivery = DeliveryJson.read(message);
                assertThat(delivery.side()).isEqualTo(side);
                assertThat(delivery.body())
                        .isEqualTo(Site.json(Site.event(event)).path("body").asText());
            });
            assertThat(process.log())
                    .contains("\"outcome\":\"delivery queued\"", "\"_aws\"")
                    .doesNotContain(Site.KEY, Site.DYNAMICS_KEY);
        }
    }

    @Test
    void answersInApiGatewaysForm() throws Exception {
        try (Site site = new Site();
                FunctionProcess process = site.start(BridgeFunction.DIDOMI_WEBHOOK)) {
            JsonNode answer =
                    Site.json(process.invoke(Site.event("didomi-event-created")).body());

            assertThat(answer.path("headers").path("content-type").asText()).isEqualTo("application/json");
            assertThat(answer.path("body").asText()).isEqualTo("{\"status\":\"queued\"}");
            assertThat(answer.path("isBase64Encoded").isBoolean()).isTrue();
        }
    }

    @Test
    void issuesATokenAndAcceptsIt() throws Exception {
        try (Site site = new Site();
                FunctionProcess process = site.start(BridgeFunction.DIDOMI_WEBHOOK)) {
            ObjectNode request = at("/oauth/token", "didomi-event-created");
            request.put("body", "grant_type=client_credentials&client_id=didomi&client_secret=" + Site.CLIENT_SECRET);
            ((ObjectNode) request.path("headers")).put("content-type", "application/x-www-form-urlencoded");
            JsonNode answer = Site.json(process.invoke(request.toString()).body());
            String token =
                    Site.json(answer.path("body").asText()).path("access_token").asText();

            ObjectNode delivery = (ObjectNode) Site.json(Site.event("didomi-event-created"));
            ((ObjectNode) delivery.path("headers")).remove("x-consent-bridge-key");
            ((ObjectNode) delivery.path("headers")).put("authorization", "Bearer " + token);

            assertThat(status(process, delivery.toString())).isEqualTo(202);
        }
    }

    @ParameterizedTest
    @CsvSource({"DIDOMI_WEBHOOK, didomi-event-created", "DYNAMICS_WEBHOOK, dynamics-update"})
    void answers503IfTheQueueIsDown(BridgeFunction function, String event) throws Exception {
        try (Site site = new Site().with("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:1");
                FunctionProcess process = site.start(function)) {
            assertThat(status(process, Site.event(event))).isEqualTo(503);
            assertThat(process.log()).contains("\"outcome\":\"delivery not stored\"");
        }
    }

    private static int status(FunctionProcess process, String event) throws IOException {
        Outcome outcome = process.invoke(event);

        assertThat(outcome.failed()).as(outcome.body()).isFalse();
        return Site.json(outcome.body()).path("statusCode").asInt();
    }

    private static ObjectNode at(String path, String event) throws IOException {
        ObjectNode request = (ObjectNode) Site.json(Site.event(event));
        return request.put("rawPath", path).put("routeKey", "POST " + path);
    }

    private static String changed(String event, String parent, String name, String value) throws IOException {
        JsonNode request = Site.json(Site.event(event));
        ((ObjectNode) request.at(parent)).put(name, value);
        return request.toString();
    }
}
