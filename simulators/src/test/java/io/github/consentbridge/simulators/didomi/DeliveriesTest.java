package io.github.consentbridge.simulators.didomi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.simulators.http.Call;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.Faults;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.simulators.http.Receiver;
import io.github.consentbridge.simulators.http.RouteKind;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliveriesTest {
    private final DidomiSimulator didomi = DidomiSimulator.start(new ManualClock("2026-10-02T08:15:30.120Z"));
    private final Receiver receiver = Receiver.start();
    private final Faults faults = receiver.faults();

    @AfterEach
    void stop() {
        didomi.close();
        receiver.close();
    }

    @Test
    void nothingIsDeliveredUntilItIsSent() throws Exception {
        didomi.registerWebhook(url("/hook"), Map.of("x-key", "k1"));
        didomi.choose("ada", Map.of("newsletter", true));
        assertThat(receiver.calls()).isEmpty();

        List<Integer> statuses = didomi.deliverAll();

        Call first = receiver.next();
        assertThat(statuses).containsExactly(202, 202);
        assertThat(first.header("x-key")).contains("k1");
        assertThat(first.bodyText()).contains("\"type\":\"event.created\"");
        assertThat(didomi.pending()).isEmpty();
    }

    @Test
    void testControlsOrderLossAndRepetition() {
        didomi.registerWebhook(url("/hook"), Map.of());
        didomi.choose("ada", Map.of("newsletter", true));

        Delivery lost = didomi.lose(0);
        didomi.deliver(0);
        didomi.send(lost);
        didomi.send(lost);

        assertThat(receiver.calls()).hasSize(3);
        assertThat(didomi.pending()).isEmpty();
    }

    @Test
    void deliveryIsGivenUpAfterFiveRetries() {
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
    void onlyFailedReceiversGetRetries() {
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
    void tokenIsRequestedBeforeADelivery(TokenRequestStyle style) throws Exception {
        didomi.tokenRequests(style);
        didomi.registerWebhook(url("/hook"), url("/token"), Receiver.CLIENT_ID, Receiver.CLIENT_SECRET);
        didomi.choose("ada", Map.of("newsletter", true));

        assertThat(didomi.deliverAll()).containsExactly(202, 202);

        assertThat(receiver.calls()).hasSize(3);
        assertThat(receiver.next().rawPath()).isEqualTo("/token");
        assertThat(receiver.next().header("Authorization")).contains("Bearer issued");
    }

    @Test
    void automaticModeRetries() throws Exception {
        didomi.registerWebhook(url("/hook"), Map.of());
        faults.next(RouteKind.UNKNOWN, Fault.status(503), Fault.status(503), Fault.status(503));
        didomi.deliverAutomatically(2, Duration.ofMillis(20));

        didomi.choose("ada", Map.of("newsletter", true));

        assertThat(receiver.next()).isNotNull();
        assertThat(receiver.next()).isNotNull();
    }

    @Test
    void deliveringWithoutAWebhookIsRefused() {
        didomi.choose("ada", Map.of("newsletter", true));

        assertThatThrownBy(didomi::deliverAll).isInstanceOf(IllegalStateException.class);
    }

    private URI url(String path) {
        return receiver.url(path);
    }
}
