package io.github.consentbridge.connectors.didomi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.didomi.EventResult.Failed;
import io.github.consentbridge.connectors.didomi.EventResult.Posted;
import io.github.consentbridge.connectors.didomi.EventResult.Rejected;
import io.github.consentbridge.connectors.http.FakeTime;
import io.github.consentbridge.connectors.http.ScriptedServer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DidomiClientPostTest {
    private static final String BAD = "{\"code\":400,\"name\":\"BadRequest\",\"message\":\"unknown purpose\"}";

    private final ScriptedServer server = new ScriptedServer();
    private final FakeTime time = new FakeTime("2026-10-02T08:00:00Z");
    private final DidomiClient client = new DidomiClient(Sessions.access(server.url()), time.settings());

    @BeforeEach
    void openSession() {
        server.then(200, Sessions.answer("t1", time.instant()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void severalEventsAreOneArray() {
        server.then(200, "[{\"id\":\"e1\"},{\"id\":\"e2\"}]");

        List<EventResult> results = client.postEvents(List.of(event(1), event(2)), false);

        assertThat(results).containsExactly(new Posted(), new Posted());
        assertThat(server.asked(1).target()).isEqualTo("/v1/consents/events?organization_id=acme");
        assertThat(server.asked(1).body()).isEqualTo("[{\"id\":\"e1\"},{\"id\":\"e2\"}]");
    }

    @Test
    void singleEventIsAnObject() {
        server.then(201, "{\"id\":\"e1\"}");

        assertThat(client.postEvents(List.of(event(1)), false)).containsExactly(new Posted());

        assertThat(server.asked(1).body()).isEqualTo("{\"id\":\"e1\"}");
    }

    @Test
    void integrationsAreSilencedOnRequest() {
        server.then(200, "{\"id\":\"e1\"}");

        client.postEvents(List.of(event(1)), true);

        assertThat(server.asked(1).target()).endsWith("?organization_id=acme&%24disable_integrations=true");
    }

    @Test
    void moreThanAHundredEventsAreSeveralArrays() {
        List<DidomiEvent> events =
                IntStream.range(0, 150).mapToObj(DidomiClientPostTest::event).toList();
        server.then((exchange, asked) -> ScriptedServer.reply(exchange, 200, asked.body()));
        server.then((exchange, asked) -> ScriptedServer.reply(exchange, 200, asked.body()));

        List<EventResult> results = client.postEvents(events, false);

        assertThat(results).hasSize(150).containsOnly(new Posted());
        assertThat(server.asked(1).body()).contains("\"e99\"").doesNotContain("\"e100\"");
    }

    @Test
    void refusedArrayIsHalvedUntilTheBadEventIsAlone() {
        server.then(400, BAD).then(200, "{\"id\":\"e1\"}");
        server.then(400, BAD).then(400, BAD).then(404, "").then(200, "{\"id\":\"e3\"}");

        List<EventResult> results = client.postEvents(List.of(event(1), event(2), event(3)), false);

        assertThat(results).containsExactly(new Posted(), new Rejected(400, "unknown purpose"), new Posted());
    }

    @Test
    void eventThatDidomiAlreadyHasIsPosted() {
        server.thenDrop().then(409, BAD).then(200, "{\"id\":\"e1\"}");

        List<EventResult> results = client.postEvents(List.of(event(1)), false);

        assertThat(results).containsExactly(new Posted());
        assertThat(server.asked(3).target())
                .isEqualTo("/v1/consents/events/e1?organization_id=acme&organization_user_id=ada%40example.org");
    }

    @Test
    void eventMissingInTheAnswerIsLookedUp() {
        server.then(200, "[{\"id\":\"e1\"}]").then(404, "");

        List<EventResult> results = client.postEvents(List.of(event(1), event(2)), false);

        assertThat(results.get(0)).isEqualTo(new Posted());
        assertThat(results.get(1)).isInstanceOf(Failed.class);
    }

    @Test
    void refusedLookupLeavesTheEventRejected() {
        server.then(400, BAD).then(400, BAD);

        List<EventResult> results = client.postEvents(List.of(event(1)), false);

        assertThat(results).containsExactly(new Rejected(400, "unknown purpose"));
    }

    @Test
    void outageFailsAllAndStopsLaterArrays() {
        List<DidomiEvent> events =
                IntStream.range(0, 150).mapToObj(DidomiClientPostTest::event).toList();
        for (int i = 0; i < 5; i++) {
            server.then(503, "");
        }

        List<EventResult> results = client.postEvents(events, false);

        assertThat(results).hasSize(150).allMatch(Failed.class::isInstance);
        // The session, four tries, and the probe.
        assertThat(server.asked()).hasSize(6);
    }

    @Test
    void nothingToPostNeedsNoRequest() {
        assertThat(client.postEvents(List.of(), false)).isEmpty();
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void eventDoesNotPrintItsContent() {
        assertThat(event(1)).hasToString("DidomiEvent[e1]");
    }

    private static DidomiEvent event(int number) {
        return new DidomiEvent("e" + number, "ada@example.org", "{\"id\":\"e" + number + "\"}");
    }
}
