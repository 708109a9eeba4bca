package io.github.consentbridge.simulators.didomi;

import static io.github.consentbridge.simulators.http.Web.encode;
import static io.github.consentbridge.simulators.http.Web.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.simulators.http.Web;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidomiTest {
    private static final String EVENTS = "/consents/events?organization_id=acme";

    private final ManualClock clock = new ManualClock("2026-10-02T08:15:30.120Z");
    private final DidomiSimulator didomi = DidomiSimulator.start(clock);
    private Web web = Web.of(didomi.url().toString(), "Content-Type", "application/json");

    @BeforeEach
    void logIn() {
        String token = json(session("simulated-secret")).path("access_token").asText();
        web = Web.of(didomi.url().toString(), "Content-Type", "application/json", "Authorization", "Bearer " + token);
    }

    @AfterEach
    void stop() {
        didomi.close();
    }

    @Test
    void badCredentialsAre400() {
        HttpResponse<String> refused = session("wrong");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .isEqualTo("{\"code\":400,\"name\":\"BadRequest\","
                        + "\"message\":\"Invalid authentication information\",\"errors\":{}}");
    }

    @Test
    void tokenExpiresAfterAnHour() {
        clock.advance(Duration.ofMinutes(59));
        assertThat(web.get("/consents/users?organization_id=acme").statusCode()).isEqualTo(200);

        clock.advance(Duration.ofMinutes(1));

        assertThat(web.get("/consents/users?organization_id=acme").statusCode()).isEqualTo(401);
    }

    @Test
    void organizationIsChecked() {
        assertThat(web.get("/consents/users").statusCode()).isEqualTo(400);
        assertThat(web.get("/consents/users?organization_id=other").statusCode())
                .isEqualTo(403);
        assertThat(web.get("/consents/nothing?organization_id=acme").statusCode())
                .isEqualTo(404);
    }

    @Test
    void eventCreatesTheUser() {
        HttpResponse<String> created = web.send("POST", EVENTS, event("e1", "ada", "newsletter", true));

        assertThat(created.statusCode()).isEqualTo(200);
        assertThat(json(created).path("id").asText()).isEqualTo("e1");
        JsonNode user = json(web.get("/consents/users?organization_id=acme&organization_user_id=ada"))
                .at("/data/0");
        assertThat(user.at("/consents/purposes/0/enabled").booleanValue()).isTrue();
        assertThat(user.path("version").intValue()).isEqualTo(1);
        assertThat(didomi.enabled("ada", "newsletter")).contains(true);
        assertThat(didomi.counters().eventsCreatedFor("ada")).isEqualTo(1);
    }

    @Test
    void knownEventIdIsRefusedAndFound() {
        web.send("POST", EVENTS, event("e1", "ada", "newsletter", true));

        HttpResponse<String> again = web.send("POST", EVENTS, event("e1", "ada", "newsletter", true));

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(web.get("/consents/events/e1?organization_id=acme&organization_user_id=ada")
                        .statusCode())
                .isEqualTo(200);
        assertThat(web.get("/consents/events/e2?organization_id=acme&organization_user_id=ada")
                        .statusCode())
                .isEqualTo(404);
        assertThat(web.get("/consents/events/e1?organization_id=acme").statusCode())
                .isEqualTo(400);
    }

    @Test
    void arrayIsAtomic() {
        String good = event("e1", "ada", "newsletter", true);

        int mixed = web.send("POST", EVENTS, "[" + good + ",{\"consents\":5}]").statusCode();
        int twice = web.send("POST", EVENTS, "[" + good + "," + good + "]").statusCode();

        assertThat(mixed).isEqualTo(400);
        assertThat(twice).isEqualTo(409);
        assertThat(didomi.userCount()).isZero();
        assertThat(json(web.send("POST", EVENTS, "[" + good + "]"))).hasSize(1);
    }

    @Test
    void arrayHasAtMostAHundredEvents() {
        String events = IntStream.rangeClosed(0, 100)
                .mapToObj(i -> event("e" + i, "ada", "newsletter", true))
                .collect(Collectors.joining(",", "[", "]"));

        assertThat(web.send("POST", EVENTS, events).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"user":{"organization_user_id":"ada"}}
            {"consents":{"purposes":[{"id":"newsletter","enabled":"true"}]}}
            {"consents":{"purposes":[{"enabled":true}]}}
            {"consents":{"purposes":[{"id":"unknown","enabled":true}]}}
            {"consents":{"purposes":[{"id":"marketing","values":{"unknown":{"value":"weekly"}}}]}}
            {"consents":{"purposes":[{"id":"marketing","values":{"frequency":{"value":"yearly"}}}]}}
            {"consents":{},"created_at":"yesterday"}
            {"consents":{},"status":"done"}
            {"consents":{},"delegate":{"name":"x"}}
            {"consents":{},"purposes":[]}
            {"consents":{}
            """)
    void invalidEventIsRefused(String body) {
        didomi.knowsPurpose("newsletter");
        didomi.knowsPreference("marketing", "frequency", "weekly", "monthly");

        HttpResponse<String> answer =
                web.send("POST", EVENTS, body.replaceFirst("\\{", "{\"organization_id\":\"acme\","));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("name").asText()).isEqualTo("BadRequest");
        assertThat(json(answer).path("message").asText()).doesNotContain("organization_id");
    }

    @Test
    void eventNamesItsOrganizationBesideTheQuery() {
        String event = event("e1", "ada", "newsletter", true);

        HttpResponse<String> without = web.send("POST", EVENTS, event.replace("\"organization_id\":\"acme\",", ""));
        HttpResponse<String> another = web.send("POST", EVENTS, event.replace("acme", "other"));

        assertThat(without.statusCode()).isEqualTo(400);
        assertThat(json(without).path("message").asText()).isEqualTo("'organization_id' is required");
        assertThat(another.statusCode()).isEqualTo(403);
        assertThat(didomi.userCount()).isZero();
    }

    @Test
    void stateFollowsTheDatesOfEvents() {
        Instant now = clock.instant();
        didomi.choose(SimulatedChoice.by("ada").purpose("newsletter", true).at(now));
        didomi.choose(SimulatedChoice.by("ada").purpose("newsletter", false).at(now.minusSeconds(60)));

        assertThat(didomi.users("ada").get(0).at("/consents/purposes/0/enabled").booleanValue())
                .isTrue();
        assertThat(didomi.users("ada").get(0).path("version").intValue()).isEqualTo(2);
        assertThat(didomi.enabled("ada", "newsletter")).contains(true);
    }

    @Test
    void partialEventsAreMerged() {
        didomi.choose(
                SimulatedChoice.by("ada").purpose("marketing", true).preference("marketing", "frequency", "weekly"));
        clock.advance(Duration.ofSeconds(1));
        didomi.choose(SimulatedChoice.by("ada")
                .undecidedPurpose("marketing")
                .preference("marketing", "topic", "a,b")
                .legacyChannel("cookies", "newsletter", "email", true));

        JsonNode purposes = didomi.users("ada").get(0).at("/consents/purposes");

        assertThat(purposes.at("/0/enabled").booleanValue()).isTrue();
        assertThat(purposes.at("/0/values/frequency/value").asText()).isEqualTo("weekly");
        assertThat(purposes.at("/0/values/topic/value").asText()).isEqualTo("a,b");
        assertThat(purposes.at("/1/preferences/0/channels/0/enabled").booleanValue())
                .isTrue();
        assertThat(didomi.preference("ada", "marketing", "frequency")).contains("weekly");
    }

    @Test
    void regulationsAreIndependent() {
        didomi.choose(SimulatedChoice.by("ada").purpose("newsletter", true).regulation("cpra"));

        assertThat(didomi.enabled("ada", "newsletter")).isEmpty();
        assertThat(didomi.enabled("ada", "newsletter", "cpra")).contains(true);
        assertThat(json(web.get(EVENTS + "&organization_user_id=ada")).at("/data"))
                .isEmpty();
        assertThat(json(web.get(EVENTS + "&organization_user_id=ada&regulation=cpra"))
                        .at("/data"))
                .hasSize(1);
    }

    @Test
    void pendingEventCountsOnceConfirmed() {
        didomi.choose(pending());
        assertThat(didomi.enabled("ada", "newsletter")).isEmpty();
        didomi.loseAll();

        String path = "/consents/events/p1?organization_id=acme&organization_user_id=ada";
        int status = web.send("PATCH", path, "{\"status\":\"confirmed\"}").statusCode();

        assertThat(status).isEqualTo(200);
        assertThat(didomi.enabled("ada", "newsletter")).contains(true);
        assertThat(types(didomi.pending())).containsExactly("event.updated", "user.updated");
    }

    @Test
    void deletedEventNoLongerCounts() {
        didomi.choose(SimulatedChoice.by("ada").purpose("newsletter", true).eventId("e1"));
        didomi.loseAll();

        int status = web.send("DELETE", "/consents/events/e1?organization_id=acme&organization_user_id=ada", "")
                .statusCode();

        assertThat(status).isEqualTo(204);
        assertThat(didomi.enabled("ada", "newsletter")).isEmpty();
        assertThat(types(didomi.pending())).containsExactly("event.deleted", "user.updated");
        assertThat(body(didomi.pending().get(1)).at("/parameters").has("source"))
                .isFalse();
    }

    @Test
    void usersAreReturnedInPagesOfAHundred() {
        for (int i = 0; i < 250; i++) {
            didomi.choose(
                    SimulatedChoice.by("u" + i).purpose("newsletter", true).silently());
        }

        JsonNode first = json(web.get("/consents/users?organization_id=acme"));
        JsonNode second = page(first);
        JsonNode third = page(second);

        assertThat(first.path("data")).hasSize(100);
        assertThat(second.at("/data/0/organization_user_id").asText()).isEqualTo("u100");
        assertThat(third.path("data")).hasSize(50);
        assertThat(third.path("cursor").isNull()).isTrue();
        assertThat(didomi.pending()).isEmpty();
    }

    @Test
    void severalUsersShareAnOrganizationUserId() {
        didomi.choose(SimulatedChoice.by("ada").didomiUser("u-1").purpose("newsletter", true));
        clock.advance(Duration.ofSeconds(1));
        didomi.choose(SimulatedChoice.by("ada").didomiUser("u-2").purpose("newsletter", false));

        assertThat(didomi.users("ada")).hasSize(2);
        assertThat(didomi.users("ada").get(0).path("id").asText()).isEqualTo("u-2");
        assertThat(didomi.enabled("ada", "newsletter")).contains(false);
        assertThat(didomi.deleteDidomiUser("u-2")).hasSize(1);
        assertThat(didomi.enabled("ada", "newsletter")).contains(true);
    }

    @Test
    void userIsReadAndDeletedByOrganizationUserId() {
        didomi.choose("a+b@x/y", Map.of("newsletter", true));
        String path = "/consents/users/" + encode("a+b@x/y") + "?organization_id=acme&$by_organization_user_id=true";

        assertThat(json(web.get(path)).path("organization_user_id").asText()).isEqualTo("a+b@x/y");
        assertThat(web.send("DELETE", path, "").statusCode()).isEqualTo(200);
        assertThat(web.get(path).statusCode()).isEqualTo(404);
        assertThat(types(didomi.pending())).containsExactly("event.created", "user.created", "user.deleted");
    }

    @Test
    void staleVersionIsRefused() {
        didomi.choose(SimulatedChoice.by("ada").didomiUser("u-1").purpose("newsletter", true));
        String path = "/consents/users/u-1?organization_id=acme";

        assertThat(web.send("PATCH", path, "{\"version\":0,\"country\":\"FR\"}").statusCode())
                .isEqualTo(409);
        assertThat(web.send("PATCH", path, "{\"version\":1,\"country\":\"FR\"}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void limitCountsOutsideConsentsOnly() {
        for (int i = 0; i < 120; i++) {
            assertThat(web.get("/consents/users?organization_id=acme").statusCode())
                    .isEqualTo(200);
        }
        for (int i = 0; i < 99; i++) {
            web.get("/metadata/purposes?organization_id=acme");
        }

        HttpResponse<String> refused = web.get("/metadata/purposes?organization_id=acme");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("15");
        assertThat(refused.headers().firstValue("RateLimit")).contains("limit=100, remaining=0, reset=15");
        clock.advance(Duration.ofSeconds(15));
        assertThat(web.get("/metadata/purposes?organization_id=acme").statusCode())
                .isEqualTo(200);
    }

    @Test
    void choiceCausesEventAndUserDeliveries() {
        didomi.choose("ada", Map.of("newsletter", true));
        List<Delivery> second = didomi.choose("ada", Map.of("newsletter", false));

        JsonNode updated = body(second.get(1));
        assertThat(types(second)).containsExactly("event.created", "user.updated");
        assertThat(updated.path("regulation").asText()).isEqualTo("gdpr");
        assertThat(updated.at("/parameters/old_entity/consents/purposes/0/enabled")
                        .booleanValue())
                .isTrue();
        assertThat(updated.at("/parameters/new_entity/consents/purposes/0/enabled")
                        .booleanValue())
                .isFalse();
        assertThat(updated.at("/parameters/new_entity/version").intValue()).isEqualTo(2);
        assertThat(updated.at("/parameters/source/created_at").asText()).isEqualTo("2026-10-02T08:15:30.120Z");
        assertThat(didomi.pending()).hasSize(4);
    }

    @Test
    void silencedEventCausesNoDelivery() {
        web.send("POST", EVENTS + "&%24disable_integrations=true", event("e1", "ada", "newsletter", true));

        assertThat(didomi.pending()).isEmpty();
        assertThat(didomi.enabled("ada", "newsletter")).contains(true);
    }

    @Test
    void singleRegulationBodiesDoNotNameIt() {
        didomi.multiRegulation(false);

        List<Delivery> cpra = didomi.choose(
                SimulatedChoice.by("ada").purpose("newsletter", true).regulation("cpra"));
        List<Delivery> gdpr = didomi.choose("ada", Map.of("newsletter", true));

        assertThat(cpra).isEmpty();
        assertThat(body(gdpr.get(0)).has("regulation")).isFalse();
    }

    @Test
    void apiRefusalThrows() {
        didomi.knowsPurpose("newsletter");

        assertThatThrownBy(() -> didomi.choose("ada", Map.of("marketing", true)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void treeNamesPurposesByTheIdOfTheirMetadata() {
        didomi.knowsPreference("newsletter", "frequency", "weekly");
        didomi.named("frequency", "How often?");
        didomi.singleChoice("frequency");

        JsonNode trees = json(web.get("/config-trees?organization_id=acme"));
        JsonNode purposes = json(web.get("/metadata/purposes?organization_id=acme"));

        JsonNode selected = trees.at("/0/selected_purposes/0");
        assertThat(trees.isArray()).isTrue();
        assertThat(selected.path("purpose_id")).isEqualTo(purposes.at("/data/0/id"));
        assertThat(selected.at("/purpose/id")).isEqualTo(purposes.at("/data/0/id"));
        JsonNode preference = selected.at("/selected_preferences/0/preference");
        assertThat(preference)
                .isEqualTo(json(web.get("/preferences?organization_id=acme")).at("/data/0"));
        assertThat(preference.path("type").asText()).isEqualTo("single");
        assertThat(preference.at("/name/en").asText()).isEqualTo("How often?");
        assertThat(web.get("/config-trees").statusCode()).isEqualTo(400);
        assertThat(web.send("POST", "/config-trees?organization_id=acme", "{}").statusCode())
                .isEqualTo(405);
    }

    private static SimulatedChoice pending() {
        return SimulatedChoice.by("ada")
                .purpose("newsletter", true)
                .eventId("p1")
                .pending();
    }

    private HttpResponse<String> session(String secret) {
        return Web.of(didomi.url().toString(), "Content-Type", "application/json")
                .send(
                        "POST",
                        "/sessions",
                        "{\"type\":\"api-key\",\"key\":\"simulated-key\",\"secret\":\"" + secret + "\"}");
    }

    private JsonNode page(JsonNode before) {
        return json(web.get("/consents/users?organization_id=acme&$cursor="
                + before.path("cursor").asText()));
    }

    private static List<String> types(List<Delivery> deliveries) {
        return deliveries.stream().map(Delivery::type).toList();
    }

    private static JsonNode body(Delivery delivery) {
        try {
            return Json.parse(delivery.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String event(String id, String organizationUserId, String purpose, boolean enabled) {
        return "{\"organization_id\":\"acme\",\"id\":\"" + id + "\",\"user\":{\"organization_user_id\":\""
                + organizationUserId + "\"},\"consents\":{\"purposes\":[{\"id\":\"" + purpose + "\",\"enabled\":"
                + enabled + "}]}}";
    }
}
