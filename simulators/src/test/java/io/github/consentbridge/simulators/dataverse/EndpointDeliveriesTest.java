package io.github.consentbridge.simulators.dataverse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.simulators.http.Receiver;
import io.github.consentbridge.simulators.http.RouteKind;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How pending deliveries reach their endpoint. */
class EndpointDeliveriesTest {
    private final DataverseSimulator dataverse = DataverseSimulator.start(new ManualClock("2026-10-02T08:15:30.120Z"));
    private final WebApi api = new WebApi(dataverse);
    private final Receiver receiver = Receiver.start();
    private final UUID contact = dataverse.addContact(Map.of());

    @AfterEach
    void stop() {
        dataverse.close();
        receiver.close();
    }

    @Test
    void callHasThePlatformsHeadersAndTheEndpointsKey() throws Exception {
        dataverse.registerWebhook(receiver.url("/hook"), Map.of("x-key", "a<b&\"c"), "donotemail");
        dataverse.editContact(contact, Map.of("donotemail", true));

        assertThat(dataverse.deliverAll()).containsExactly(202);

        Call call = receiver.next();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.header("x-key")).contains("a<b&\"c");
        assertThat(call.header("Content-Type")).contains("application/json");
        assertThat(call.header("x-ms-dynamics-entity-name")).contains("contact");
        assertThat(call.header("x-ms-dynamics-request-name")).contains("Update");
        assertThat(call.header("x-ms-dynamics-organization"))
                .contains(dataverse.url().getAuthority());
        assertThat(call.header("x-ms-correlation-request-id"))
                .contains(
                        Context.of(call.bodyText()).root().path("CorrelationId").asText());
        assertThat(dataverse.pending()).isEmpty();
    }

    @Test
    void keyIsInTheQueryIfTheEndpointSaysSo() throws Exception {
        api.step(api.endpoint(receiver.url("/one?a=1"), 4, "k 1"), "Update", "");
        api.step(api.endpoint(receiver.url("/two"), 6, WebApi.header("key", "k&amp;2")), "Update", "");
        dataverse.editContact(contact, Map.of("donotemail", true));

        assertThat(dataverse.deliverAll()).containsExactly(202, 202);

        assertThat(receiver.next().target()).isEqualTo("/one?a=1&code=k%201");
        assertThat(receiver.next().target()).isEqualTo("/two?key=k%262");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k1", "{\\\"x-key\\\":\\\"k1\\\"}", "<setting name='x-key' value='k1'/>", "<settings>"})
    void malformedKeyFailsOnlyAtDelivery(String authValue) {
        String body = WebApi.endpointBody(receiver.url("/hook"), 5, "AUTH").replace("AUTH", authValue);
        api.step(api.create("serviceendpoints", body), "Update", "");
        dataverse.editContact(contact, Map.of("donotemail", true));

        assertThat(dataverse.deliverAll()).containsExactly(0);

        assertThat(receiver.calls()).isEmpty();
        assertThat(dataverse.failedJobs()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void unavailableReceiverGetsOneRetry(int status) {
        dataverse.registerWebhook(receiver.url("/hook"), Map.of(), "donotemail");
        dataverse.editContact(contact, Map.of("donotemail", true));
        receiver.faults().always(RouteKind.UNKNOWN, Fault.status(status));

        assertThat(dataverse.deliverAll()).containsExactly(status);
        assertThat(dataverse.pending()).hasSize(1);
        assertThat(dataverse.deliverAll()).containsExactly(status);

        assertThat(dataverse.pending()).isEmpty();
        assertThat(dataverse.failedJobs()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 429, 500, 302})
    void anyOtherAnswerIsFinal(int status) {
        dataverse.registerWebhook(receiver.url("/hook"), Map.of(), "donotemail");
        dataverse.editContact(contact, Map.of("donotemail", true));
        receiver.faults().next(RouteKind.UNKNOWN, Fault.status(status));

        assertThat(dataverse.deliverAll()).containsExactly(status);

        assertThat(dataverse.pending()).isEmpty();
        assertThat(dataverse.failedJobs()).hasSize(1);
    }

    @Test
    void missingAnswerIsFinal() {
        dataverse.registerWebhook(receiver.url("/hook"), Map.of(), "donotemail");
        dataverse.editContact(contact, Map.of("donotemail", true));
        receiver.faults().next(RouteKind.UNKNOWN, Fault.dropAfterCommit());

        assertThat(dataverse.deliverAll()).containsExactly(0);

        assertThat(dataverse.failedJobs()).hasSize(1);
    }

    @Test
    void testControlsOrderLossAndRepetition() throws Exception {
        dataverse.registerWebhook(receiver.url("/hook"), Map.of(), "donotemail");
        dataverse.editContact(contact, Map.of("donotemail", true));
        dataverse.editContact(contact, Map.of("donotemail", false));

        dataverse.deliver(1);
        DataverseDelivery lost = dataverse.lose(0);
        dataverse.send(lost);
        dataverse.send(lost);

        receiver.next();
        assertThat(receiver.next().bodyText()).isEqualTo(lost.body());
        assertThat(receiver.next().bodyText()).isEqualTo(lost.body());
        assertThat(dataverse.pending()).isEmpty();
    }

    @Test
    void changedAddressAndKeyApplyToPendingDeliveries() throws Exception {
        UUID endpoint = api.endpoint(receiver.url("/old"), 5, WebApi.header("x-key", "old"));
        api.step(endpoint, "Update", "");
        dataverse.editContact(contact, Map.of("donotemail", true));

        String changed = WebApi.endpointBody(receiver.url("/new"), 5, WebApi.header("x-key", "new"));
        api.send("PATCH", "serviceendpoints(" + endpoint + ")", changed, "If-Match", "*");
        dataverse.deliverAll();

        Call call = receiver.next();
        assertThat(call.rawPath()).isEqualTo("/new");
        assertThat(call.header("x-key")).contains("new");
    }

    @Test
    void deliveryOfARemovedEndpointFails() {
        UUID endpoint = api.endpoint(receiver.url("/hook"), 5, WebApi.header("x-key", "k"));
        UUID step = api.step(endpoint, "Update", "");
        dataverse.editContact(contact, Map.of("donotemail", true));

        api.send("DELETE", "sdkmessageprocessingsteps(" + step + ")", "");
        api.send("DELETE", "serviceendpoints(" + endpoint + ")", "");

        assertThat(dataverse.deliverAll()).containsExactly(0);
        assertThat(dataverse.failedJobs()).hasSize(1);
    }

    @Test
    void automaticModeRetries() throws Exception {
        dataverse.registerWebhook(receiver.url("/hook"), Map.of(), "donotemail");
        receiver.faults().next(RouteKind.UNKNOWN, Fault.status(503));
        dataverse.deliverAutomatically(2, Duration.ofMillis(20));

        dataverse.editContact(contact, Map.of("donotemail", true));

        assertThat(receiver.next().rawPath()).isEqualTo("/hook");
    }
}
