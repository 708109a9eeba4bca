package io.github.consentbridge.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.demo.LiveFeed.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole demo: simulated systems, their webhooks over HTTP, and the bridge. */
class DemoLiveTest {
    private static final String ADA = "ada@example.org";
    private static final String BLAISE = "blaise@example.org";

    @TempDir
    static Path folder;

    private static Demo demo;
    private static DemoLive live;

    private final Watcher watcher = new Watcher();
    private AutoCloseable listening = () -> {};

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        demo = new Demo(folder, 0, Clock.systemUTC());
        live = demo.live(Duration.ofSeconds(1));
    }

    @AfterAll
    static void stop() {
        live.close();
        demo.close();
    }

    @BeforeEach
    void listen() {
        listening = live.listen(watcher);
    }

    @AfterEach
    void endListening() throws Exception {
        listening.close();
    }

    @Test
    void choiceInDidomiReachesTheContact() throws InterruptedException {
        boolean wanted = dynamics(ADA, "donotbulkemail").asBoolean();

        choose(ADA, "didomi", "marketing", wanted);
        ObjectNode written = watcher.await(Kind.WRITTEN, ADA);

        assertThat(written.path("field").asText()).isEqualTo("marketing");
        assertThat(written.path("value").booleanValue()).isEqualTo(!wanted);
        assertThat(dynamics(ADA, "donotbulkemail").booleanValue()).isEqualTo(!wanted);
    }

    @Test
    void choiceThatBothSidesShowAlreadyIsNotWritten() throws InterruptedException {
        boolean shown = dynamics(BLAISE, "donotbulkemail").asBoolean();

        choose(BLAISE, "didomi", "marketing", !shown);
        ObjectNode settled = watcher.await(Kind.DECIDED, BLAISE);

        assertThat(settled.path("sentence").asText()).contains("nothing to write");
    }

    @Test
    void changeOfStaffReachesDidomi() throws InterruptedException {
        String wanted = didomi(BLAISE, "frequency").asText().equals("weekly") ? "monthly" : "weekly";

        choose(BLAISE, "dynamics", "frequency", wanted);
        watcher.await(Kind.POSTED, BLAISE);

        assertThat(didomi(BLAISE, "frequency").asText()).isEqualTo(wanted);
    }

    @Test
    void throttledWriteArrivesByItself() throws InterruptedException {
        boolean wanted = !didomi(ADA, "newsletter").asBoolean();

        trouble("throttled", true);
        choose(ADA, "didomi", "newsletter", wanted);
        watcher.awaitSentence(Kind.WAITING, "429");
        watcher.await(Kind.WRITTEN, ADA);

        assertThat(dynamics(ADA, "new_newsletter").booleanValue()).isEqualTo(wanted);
        assertThat(isOn("throttled")).isFalse();
    }

    @Test
    void changeOfStaffWaitsForDidomi() throws InterruptedException {
        boolean wanted = !dynamics(BLAISE, "new_newsletter").asBoolean();

        trouble("didomi_down", true);
        choose(BLAISE, "dynamics", "newsletter", wanted);
        watcher.awaitSentence(Kind.WAITING, "does not answer");
        boolean before = didomi(BLAISE, "newsletter").asBoolean();
        trouble("didomi_down", false);
        watcher.await(Kind.POSTED, BLAISE);

        assertThat(before).isEqualTo(!wanted);
        assertThat(didomi(BLAISE, "newsletter").booleanValue()).isEqualTo(wanted);
    }

    @Test
    void personCannotChooseWhileDidomiIsDown() {
        trouble("didomi_down", true);
        try {
            assertThatThrownBy(() -> choose(ADA, "didomi", "newsletter", true))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Didomi is down");
        } finally {
            trouble("didomi_down", false);
        }
    }

    @ParameterizedTest
    @CsvSource({"didomi, WRITTEN", "dynamics, POSTED"})
    void reconciliationRepairsWhatALostWebhookLeft(String side, Kind repair) throws InterruptedException {
        String key = "renée@example.org";
        boolean wanted = side.equals("didomi")
                ? !didomi(key, "newsletter").asBoolean()
                : !dynamics(key, "new_newsletter").asBoolean();

        trouble("webhook_lost", true);
        choose(key, side, "newsletter", wanted);
        watcher.await(Kind.LOST, key);
        JsonNode differing = live.state().path("state").path(key);
        live.act("reconcile", JsonNodeFactory.instance.objectNode());
        watcher.await(repair, key);
        // The echo of an earlier change may be settled at the same time, and repair it first.
        watcher.awaitSentence(Kind.RECOVERED, "Reconciled:");

        assertThat(differing.at("/didomi/newsletter").asBoolean())
                .isNotEqualTo(differing.at("/dynamics/new_newsletter").asBoolean());
        assertThat(didomi(key, "newsletter").booleanValue()).isEqualTo(wanted);
        assertThat(dynamics(key, "new_newsletter").booleanValue()).isEqualTo(wanted);
        assertThat(isOn("webhook_lost")).isFalse();
    }

    @Test
    void hundredDeliveriesHaveOneEffect() throws InterruptedException {
        act("trouble", request("id", "hundred_times").put("key", "o'brien@example.org"));
        ObjectNode result = watcher.await(Kind.REPEATED, "o'brien@example.org");

        assertThat(result.path("sentence").asText())
                .contains("arrived 100 times", "accepted 100 times", "written once");
    }

    @Test
    void failingContactHoldsUpNoOther() throws InterruptedException {
        boolean ada = !didomi(ADA, "newsletter").asBoolean();
        boolean blaise = !didomi(BLAISE, "newsletter").asBoolean();

        trouble("contact_fails", true);
        choose(ADA, "didomi", "newsletter", ada);
        watcher.awaitSentence(Kind.FAILED, "cannot be written");
        choose(BLAISE, "didomi", "newsletter", blaise);
        watcher.await(Kind.WRITTEN, BLAISE);
        boolean before = dynamics(ADA, "new_newsletter").asBoolean();
        trouble("contact_fails", false);
        watcher.await(Kind.WRITTEN, ADA);

        assertThat(before).isEqualTo(!ada);
        assertThat(dynamics(ADA, "new_newsletter").booleanValue()).isEqualTo(ada);
    }

    @ParameterizedTest
    @CsvSource({
        "choose, '{\"key\":\"grace@example.org\",\"side\":\"didomi\",\"field\":\"newsletter\",\"value\":true}', no such person",
        "choose, '{\"key\":\"ada@example.org\",\"side\":\"left\",\"field\":\"newsletter\",\"value\":true}', no such side",
        "choose, '{\"key\":\"ada@example.org\",\"side\":\"didomi\",\"field\":\"fax\",\"value\":true}', no such field",
        "choose, '{\"key\":\"ada@example.org\",\"side\":\"didomi\",\"field\":\"newsletter\",\"value\":7}', true or false",
        "choose, '{\"key\":\"ada@example.org\",\"side\":\"didomi\",\"field\":\"frequency\",\"value\":true}', the options",
        "trouble, '{\"id\":\"earthquake\"}', no such trouble",
        "explode, '{}', no such action",
    })
    void senselessRequestIsRefusedWithASentence(String action, String request, String sentence) throws IOException {
        JsonNode body = new JsonMapper().readTree(request);

        assertThatThrownBy(() -> live.act(action, body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void stateNamesPeopleFieldsAndTroubles() {
        ObjectNode state = live.state();

        assertThat(state.path("people")).hasSize(4);
        assertThat(state.path("fields").findValuesAsText("column"))
                .containsExactly("new_newsletter", "donotbulkemail", "new_frequency");
        assertThat(state.path("troubles").findValuesAsText("id"))
                .containsExactly("throttled", "didomi_down", "webhook_lost", "hundred_times", "contact_fails");
    }

    private static void choose(String key, String side, String field, boolean value) {
        act("choose", request("key", key).put("side", side).put("field", field).put("value", value));
    }

    private static void choose(String key, String side, String field, String value) {
        act("choose", request("key", key).put("side", side).put("field", field).put("value", value));
    }

    private static void trouble(String id, boolean on) {
        act("trouble", request("id", id).put("on", on).put("key", ADA));
    }

    private static ObjectNode request(String name, String value) {
        return JsonNodeFactory.instance.objectNode().put(name, value);
    }

    private static void act(String action, ObjectNode request) {
        live.act(action, request);
    }

    private static JsonNode didomi(String key, String field) {
        return live.state().path("state").path(key).path("didomi").path(field);
    }

    private static JsonNode dynamics(String key, String column) {
        return live.state().path("state").path(key).path("dynamics").path(column);
    }

    private static boolean isOn(String trouble) {
        for (JsonNode each : live.state().path("troubles")) {
            if (each.path("id").asText().equals(trouble)) {
                return each.path("on").booleanValue();
            }
        }
        throw new AssertionError("no trouble " + trouble);
    }
}
