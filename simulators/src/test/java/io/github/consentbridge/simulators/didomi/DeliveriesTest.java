package io.github.consentbridge.simulators.didomi;

import static io.github.consentbridge.simulators.http.Web.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.Faults;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Reply;
import io.github.consentbridge.simulators.http.RequestCounters;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.simulators.http.Service;
import io.github.consentbridge.simulators.http.SimulatorServer;
import io.github.consentbridge.simulators.http.TestClock;
import io.github.consentbridge.simulators.http.Web;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliveriesTest {
    private final DidomiSimulator didomi = DidomiSimulator.start(new TestClock());
    private final Receiver receiver = new Receiver();
    private final Faults faults = new Faults();
    private final SimulatorServer server = SimulatorServer.bind(0);

    DeliveriesTest() {
        server.serve(receiver, faults, new RequestCounters());
    }

    @AfterEach
    void stop() {
        didomi.close();
        server.close();
    }

    @Test
    void nothingMovesUntilItIsSent() throws Exception {
        didomi.registerWebhook(url("/hook"), Map.of("x-key", "k1"));
        didomi.choose("ada", Map.of("newsletter", true));
        assertThat(receiver.calls).isEmpty();

        List<Integer> statuses = didomi.deliverAll();

        Call first = receiver.calls.poll(5, TimeUnit.SECONDS);
        assertThat(statuses).containsExactly(202, 202);
        assertThat(first.header("x-key")).contains("k1");
        assertThat(first.bodyText()).contains("\"type\":\"event.created\"");
        assertThat(didomi.pending()).isEmpty();
    }

    @Test
    void orderLossAndRepetitionAreTheTestsChoice() {
        didomi.registerWebhook(url("/hook"), Map.of());
        didomi.choose("ada", Map.of("newsletter", true));

        Delivery lost = didomi.lose(0);
        didomi.deliver(0);
        didomi.send(lost);
        didomi.send(lost);

        assertThat(receiver.calls).hasSize(3);
        assertThat(didomi.pending()).isEmpty();
    }

    @Test
    void afterFiveRetriesItIsStoredForGood() {
        didomi.registerWebhook(url("/hook"), Map.of());
        didomi.choose("ada", Map.of("newsletter", true));
        didomi.lose(1);
        faults.always(RouteKind.ANY, Fault.status(503));

        for (int i = 0; i < 5; i++) {
            assertThat(didomi.deliverAll()).containsExactly(503);
            assertThat(didomi.pending()).hasSize(1);
        }
        faults.always(RouteKind.ANY, Fault.dropBeforeCommit());

        assertThat(didomi.deliverAll()).containsExactly(0);
        assertThat(didomi.pending()).isEmpty();
        assertThat(didomi.permanentStorage()).hasSize(1);
    }

    @Test
    void retriesGoOnlyWhereItFailed() {
        didomi.registerWebhook(url("/one"), Map.of());
        didomi.registerWebhook(url("/two"), Map.of());
        didomi.choose("ada", Map.of("newsletter", true));
        didomi.lose(1);
        faults.next(RouteKind.UNKNOWN, Fault.status(503));

        assertThat(didomi.deliverAll()).containsExactly(503, 202);
        assertThat(didomi.deliverAll()).containsExactly(202);
        assertThat(didomi.pending()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TokenRequestStyle.class)
    void logsInBeforeItDelivers(TokenRequestStyle style) {
        didomi.tokenRequests(style);
        didomi.registerWebhook(url("/hook"), url("/token"), "client", "se&cret");
        didomi.choose("ada", Map.of("newsletter", true));

        assertThat(didomi.deliverAll()).containsExactly(202, 202);

        assertThat(receiver.calls).hasSize(3);
        assertThat(receiver.calls.remove().rawPath()).isEqualTo("/token");
        assertThat(receiver.calls.remove().header("Authorization")).contains("Bearer issued");
    }

    @Test
    void webhookIsRegisteredOverTheApi() {
        String token = json(Web.of(didomi.url().toString(), "Content-Type", "application/json")
                        .send(
                                "POST",
                                "/sessions",
                                "{\"type\":\"api-key\",\"key\":\"simulated-key\",\"secret\":\"simulated-secret\"}"))
                .path("access_token")
                .asText();
        Web web =
                Web.of(didomi.url().toString(), "Content-Type", "application/json", "Authorization", "Bearer " + token);
        String route = "/marketplace/integrations";
        String organization = "?organization_id=acme";
        String body = "{\"type_id\":\"webhook-http\",\"authentication\":{\"url\":\"" + url("/token")
                + "\",\"client_id\":\"c\",\"client_secret\":\"s\"},\"properties\":{\"url\":\"" + url("/hook") + "\"}}";

        String id =
                json(web.send("POST", route + organization, body)).path("id").asText();

        assertThat(didomi.webhooks()).containsExactly(url("/hook"));
        assertThat(web.get(route + organization).body()).contains(id).doesNotContain("\"s\"");
        assertThat(web.send("PATCH", route + "/" + id + organization, body.replace("/hook", "/other"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(didomi.webhooks()).containsExactly(url("/other"));
        assertThat(web.send("DELETE", route + "/" + id + organization, "").statusCode())
                .isEqualTo(200);
        assertThat(didomi.webhooks()).isEmpty();
        assertThat(web.send("POST", route + organization, body.replace("webhook-http", "braze"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void automaticModeRetriesByItself() throws Exception {
        didomi.registerWebhook(url("/hook"), Map.of());
        faults.next(RouteKind.UNKNOWN, Fault.status(503), Fault.status(503), Fault.status(503));
        didomi.deliverAutomatically(2, Duration.ofMillis(20));

        didomi.choose("ada", Map.of("newsletter", true));

        assertThat(receiver.calls.poll(5, TimeUnit.SECONDS)).isNotNull();
        assertThat(receiver.calls.poll(5, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void deliveringToNobodyIsAMistake() {
        didomi.choose("ada", Map.of("newsletter", true));

        assertThatThrownBy(didomi::deliverAll).isInstanceOf(IllegalStateException.class);
    }

    private URI url(String path) {
        return URI.create(server.url() + path);
    }

    /** Accepts everything, and lets clients log in under {@code /token}. */
    private static final class Receiver implements Service {
        private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

        @Override
        public RouteKind kind(Call call) {
            return RouteKind.UNKNOWN;
        }

        @Override
        public Reply answer(Call call) {
            calls.add(call);
            if (!call.rawPath().equals("/token")) {
                return Reply.empty(202);
            }
            String credentials = call.bodyText() + call.header("Authorization").orElse("");
            boolean known = credentials.contains("se&cret")
                    || credentials.contains("se%26cret")
                    || credentials.contains("Y2xpZW50OnNlJTI2Y3JldA==");
            return Reply.json(
                    known ? 200 : 401,
                    Json.object().put("access_token", "issued").put("expires_in", 60));
        }

        @Override
        public Reply error(int status) {
            return Reply.empty(status);
        }
    }
}
