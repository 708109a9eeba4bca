package io.github.consentbridge.simulators.didomi;

import static io.github.consentbridge.simulators.http.Web.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.simulators.http.Receiver;
import io.github.consentbridge.simulators.http.RouteKind;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegrationsTest {
    private static final String ROUTE = "/marketplace/integrations";

    private final DidomiSimulator didomi = DidomiSimulator.start(new ManualClock("2026-10-02T08:15:30.120Z"));
    private final DidomiApi api = new DidomiApi(didomi);
    private final Receiver receiver = Receiver.start();

    @AfterEach
    void stop() {
        didomi.close();
        receiver.close();
    }

    @Test
    void webhookIsListedWithoutItsSecret() {
        String id = create();

        JsonNode listed = json(api.send("GET", ROUTE, ""));

        assertThat(listed.path("total").asInt()).isEqualTo(1);
        assertThat(listed.at("/data/0/id").asText()).isEqualTo(id);
        assertThat(listed.at("/data/0/authentication/client_id").asText()).isEqualTo(Receiver.CLIENT_ID);
        assertThat(listed.toString()).doesNotContain(Receiver.CLIENT_SECRET);
        assertThat(api.send("GET", ROUTE + "/" + id, "").body()).doesNotContain(Receiver.CLIENT_SECRET);
    }

    @Test
    void changingTheAddressKeepsTheClient() throws Exception {
        String id = create();
        String changed = "{\"properties\":{\"url\":\"" + receiver.url("/other") + "\"}}";

        int status = api.send("PATCH", ROUTE + "/" + id, changed).statusCode();
        didomi.choose("ada", Map.of("newsletter", true));
        didomi.deliver(0);

        assertThat(status).isEqualTo(200);
        assertThat(didomi.webhooks()).containsExactly(receiver.url("/other"));
        assertThat(receiver.next().rawPath()).isEqualTo("/token");
        assertThat(receiver.next().header("Authorization")).contains("Bearer issued");
    }

    @Test
    void deletedWebhookGetsNoDeliveries() {
        String id = create();

        assertThat(api.send("DELETE", ROUTE + "/" + id, "").statusCode()).isEqualTo(200);

        assertThat(didomi.webhooks()).isEmpty();
        assertThat(api.send("GET", ROUTE + "/" + id, "").statusCode()).isEqualTo(404);
        assertThat(api.send("DELETE", ROUTE + "/" + id, "").statusCode()).isEqualTo(404);
    }

    @Test
    void refusedTokenIsReplacedOnce() throws Exception {
        create();
        didomi.choose("ada", Map.of("newsletter", true));
        receiver.faults().next(RouteKind.UNKNOWN, Fault.status(401));

        assertThat(didomi.deliver(0)).containsExactly(202);

        assertThat(receiver.next().rawPath()).isEqualTo("/token");
        assertThat(receiver.next().rawPath()).isEqualTo("/token");
        assertThat(receiver.next().rawPath()).isEqualTo("/hook");
        assertThat(receiver.calls()).isEmpty();
    }

    @Test
    void refusedNewTokenCountsAsAnAttempt() {
        create();
        didomi.choose("ada", Map.of("newsletter", true));
        receiver.faults().always(RouteKind.UNKNOWN, Fault.status(401));

        assertThat(didomi.deliver(0)).containsExactly(401);

        assertThat(receiver.calls()).hasSize(2);
        assertThat(didomi.pending()).hasSize(2);
    }

    @Test
    void nothingIsDeliveredWithoutAToken() {
        create();
        didomi.choose("ada", Map.of("newsletter", true));
        receiver.faults().always(RouteKind.TOKEN, Fault.status(503));

        assertThat(didomi.deliver(0)).containsExactly(503);

        assertThat(receiver.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"type_id\":\"braze\",\"authentication\":{},\"properties\":{\"url\":\"https://a.example\"}}",
                "{\"type_id\":\"webhook-http\",\"authentication\":{}}",
                "{\"type_id\":\"webhook-http\",\"authentication\":{},\"properties\":{\"url\":\"nowhere\"}}",
                "{\"type_id\":\"webhook-http\",\"authentication\":[],\"properties\":{\"url\":\"https://a.example\"}}",
                "{\"type_id\":\"webhook-http\",\"headers\":{},\"properties\":{\"url\":\"https://a.example\"}}",
                "{\"type_id\":\"webhook-http\",\"properties\":{\"url\":\"https://a.example\",\"headers\":{}}}",
                "{\"type_id\":\"webhook-http\",\"authentication\":{\"url\":\"https://a.example\",\"client_id\":\"c\"},"
                        + "\"properties\":{\"url\":\"https://a.example\"}}"
            })
    void badIntegrationIsRefused(String body) {
        JsonNode answer = json(api.send("POST", ROUTE, body));

        assertThat(answer.path("code").asInt()).isEqualTo(400);
        assertThat(answer.path("name").asText()).isEqualTo("BadRequest");
        assertThat(didomi.webhooks()).isEmpty();
    }

    private String create() {
        String body = "{\"type_id\":\"webhook-http\",\"authentication\":{\"url\":\"" + receiver.url("/token")
                + "\",\"client_id\":\"" + Receiver.CLIENT_ID + "\",\"client_secret\":\"" + Receiver.CLIENT_SECRET
                + "\"},\"properties\":{\"url\":\"" + receiver.url("/hook") + "\"}}";
        return json(api.send("POST", ROUTE, body)).path("id").asText();
    }
}
