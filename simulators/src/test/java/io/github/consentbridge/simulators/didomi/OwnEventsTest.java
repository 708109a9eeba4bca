package io.github.consentbridge.simulators.didomi;

import static io.github.consentbridge.simulators.http.Web.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.simulators.http.Receiver;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The deliveries of events that a client posts. */
class OwnEventsTest {
    private static final String REFUSAL = """
            {"id":"2f6f5a56-3a53-5d6e-8a77-0c6c1c1b9a10","created_at":"2026-10-02T08:00:00Z",
             "organization_id":"acme","user":{"organization_user_id":"ada"},"delegate":{"id":"dynamics-365"},"metadata":{"origin":"us"},
             "consents":{"purposes":[{"id":"newsletter","enabled":false}]}}""";

    private final DidomiSimulator didomi = DidomiSimulator.start(new ManualClock("2026-10-02T08:15:30.120Z"));
    private final DidomiApi api = new DidomiApi(didomi);
    private final Receiver receiver = Receiver.start();

    @AfterEach
    void stop() {
        didomi.close();
        receiver.close();
    }

    @Test
    void postedEventReachesEveryWebhook() throws Exception {
        didomi.registerWebhook(receiver.url("/one"), Map.of());
        didomi.registerWebhook(receiver.url("/two"), Map.of());

        int status = api.send("POST", "/consents/events", REFUSAL).statusCode();

        assertThat(status).isEqualTo(200);
        assertThat(didomi.deliverAll()).containsExactly(202, 202, 202, 202);
        assertThat(receiver.next().rawPath()).isEqualTo("/one");
        assertThat(receiver.next().rawPath()).isEqualTo("/two");
    }

    @Test
    void userUpdatedNamesItsSourceAndBothStates() throws Exception {
        didomi.choose("ada", Map.of("newsletter", true));
        didomi.loseAll();

        api.send("POST", "/consents/events", REFUSAL);

        assertThat(didomi.pending()).extracting(Delivery::type).containsExactly("event.created", "user.updated");
        JsonNode parameters = Json.parse(didomi.pending().get(1).body()).path("parameters");
        assertThat(parameters.at("/source/id").asText()).isEqualTo("2f6f5a56-3a53-5d6e-8a77-0c6c1c1b9a10");
        assertThat(parameters.at("/source/delegate/id").asText()).isEqualTo("dynamics-365");
        assertThat(parameters.at("/source/metadata/origin").asText()).isEqualTo("us");
        assertThat(parameters.at("/old_entity/version").asInt())
                .isLessThan(parameters.at("/new_entity/version").asInt());
    }

    @Test
    void newPersonIsUserCreated() {
        api.send("POST", "/consents/events", REFUSAL);

        assertThat(didomi.pending()).extracting(Delivery::type).containsExactly("event.created", "user.created");
    }

    @Test
    void eachEventOfAnArrayIsDelivered() {
        String grant = REFUSAL.replace("2f6f5a56", "3f6f5a56").replace("false", "true");

        int size = json(api.send("POST", "/consents/events", "[" + REFUSAL + "," + grant + "]"))
                .size();

        assertThat(size).isEqualTo(2);
        assertThat(didomi.pending())
                .extracting(Delivery::type)
                .containsExactly("event.created", "user.created", "event.created", "user.updated");
    }

    @Test
    void disabledIntegrationsGetNoDeliveries() {
        int raw = api.send("POST", "/consents/events", REFUSAL, "&$disable_integrations=true")
                .statusCode();
        String again = REFUSAL.replace("2f6f5a56", "3f6f5a56");
        int encoded = api.send("POST", "/consents/events", again, "&%24disable_integrations=true")
                .statusCode();

        assertThat(raw).isEqualTo(200);
        assertThat(encoded).isEqualTo(200);
        assertThat(didomi.pending()).isEmpty();
        assertThat(didomi.enabled("ada", "newsletter")).contains(false);
    }

    @Test
    void eventAwaitingApprovalChangesNoUser() {
        didomi.choose("ada", Map.of("newsletter", true));
        didomi.loseAll();

        api.send("POST", "/consents/events", REFUSAL.replace("{\"id\"", "{\"status\":\"pending_approval\",\"id\""));

        assertThat(didomi.pending()).extracting(Delivery::type).containsExactly("event.created");
        assertThat(didomi.enabled("ada", "newsletter")).contains(true);
    }

    @Test
    void repeatedEventIsRefusedAndDeliveredOnce() {
        api.send("POST", "/consents/events", REFUSAL);

        int second = api.send("POST", "/consents/events", REFUSAL).statusCode();

        assertThat(second).isEqualTo(409);
        assertThat(didomi.pending()).hasSize(2);
    }
}
