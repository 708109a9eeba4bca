package io.github.consentbridge.standalone.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.standalone.BridgeProcess;
import io.github.consentbridge.standalone.Deliveries;
import io.github.consentbridge.standalone.Webhook;
import io.github.consentbridge.standalone.host.BridgeServer;
import io.github.consentbridge.standalone.host.FileCredentials;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console's API answers on a data folder between simulated systems. */
@Timeout(120)
class ConsoleTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Instant AT = Instant.parse("2026-10-02T08:15:30Z");
    private static final String ADA = "ada@example.org";
    private static final String GRACE = "grace@example.org";
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    Path folder;

    private final Simulators simulators = Simulators.start(CLOCK);
    private TestPlaces places;
    private ConsoleServer console;
    private ConsoleBrowser browser;
    private UUID contact;

    @BeforeEach
    void start() throws Exception {
        simulators.dataverse().column(SimulatedColumn.bool("new_newsletter"));
        simulators.didomi().knowsPurpose("newsletter");
        simulators.didomi().knowsPurpose("marketing");
        contact = simulators.dataverse().addContact(Map.of("emailaddress1", ADA));
        places = TestPlaces.in(folder, simulators);
        JsonOutcomeLog failures = new JsonOutcomeLog(System.err, Optional::empty, CLOCK);
        console = ConsoleServer.start(new HostSubject(places, CLOCK, failures), Optional.empty(), 0, CLOCK);
        browser = ConsoleBrowser.open(console);
    }

    @AfterEach
    void stop() {
        console.close();
        simulators.close();
    }

    private BridgeServer run() {
        return BridgeServer.start(
                places.integration(),
                log -> new FileCredentials(places.secrets(), CLOCK, log),
                new BridgeServer.Settings(
                        places.data(),
                        "127.0.0.1",
                        0,
                        Proxies.none(),
                        1,
                        Optional.empty(),
                        places.endpoints(),
                        new PrintStream(OutputStream.nullOutputStream(), false, UTF_8)),
                CLOCK);
    }

    /** Ada's choice arrives by webhook and is applied. */
    private void adaChooses(BridgeServer bridge) throws Exception {
        String body = Deliveries.newsletter(ADA, true, AT);
        assertThat(Webhook.post(bridge.url("/webhooks/didomi"), BridgeProcess.WEBHOOK_KEY, body)
                        .statusCode())
                .isEqualTo(202);
        await().until(bridge::isIdle);
    }

    private void adaIsSettled() throws Exception {
        try (BridgeServer bridge = run()) {
            adaChooses(bridge);
        }
    }

    private void deadLetters(int ambiguous, int keyless) {
        List<DeadLetter> letters = new ArrayList<>();
        for (int index = 0; index < ambiguous; index++) {
            String reason = "ambiguous: contacts " + UUID.randomUUID() + ", " + UUID.randomUUID()
                    + " have this organization user id: merge them, then replay";
            letters.add(letter(Side.DIDOMI, "person" + index + "@example.org", index, reason));
        }
        for (int index = 0; index < keyless; index++) {
            letters.add(letter(Side.DYNAMICS, "", index, "contact has no organization user id"));
        }
        try (Store store = Store.open(places.data(), CLOCK)) {
            store.deadLetters().add(letters);
        }
    }

    private static DeadLetter letter(Side side, String person, int number, String reason) {
        String body = "{\"n\":" + number + ",\"user\":{\"organization_user_id\":\"" + person + "\"}}";
        return new DeadLetter(
                Delivery.received(side, person, AT, body).failedAgain(AT.plusSeconds(9), reason),
                reason,
                AT.plusSeconds(9));
    }

    private static String json(Object... members) {
        ObjectNode node = MAPPER.createObjectNode();
        for (int index = 0; index < members.length; index += 2) {
            node.set(members[index].toString(), MAPPER.valueToTree(members[index + 1]));
        }
        return node.toString();
    }

    private JsonNode ended(String id) throws Exception {
        await().until(() ->
                !browser.get("/api/tasks/" + id).path("state").asText().equals("running"));
        return browser.get("/api/tasks/" + id);
    }

    private String started(String request) throws Exception {
        return browser.post(202, "/api/tasks", request).path("id").asText();
    }

    private String dryRun() throws Exception {
        String id = started(json("kind", "dry_run", "scan", "full"));
        JsonNode task = ended(id);
        assertThat(task.path("state").asText()).as(task.toString()).isEqualTo("done");
        return id;
    }

    /** People who chose in Didomi and whom the bridge has not heard of. */
    private void unheard(int people) {
        for (int index = 0; index < people; index++) {
            String key = "person" + index + "@example.org";
            simulators.dataverse().addContact(Map.of("emailaddress1", key));
            simulators
                    .didomi()
                    .choose(SimulatedChoice.by(key)
                            .purpose("newsletter", true)
                            .at(AT)
                            .silently());
        }
    }

    @Test
    void sessionSaysWhereAndWho() throws Exception {
        JsonNode session = browser.get("/api/session");

        assertThat(session.path("host").asText()).isEqualTo(places.data().toString());
        assertThat(session.path("user").asText()).isEqualTo(System.getProperty("user.name"));
        assertThat(session.path("live").asBoolean()).isFalse();
        assertThat(session.path("idle_seconds").asInt()).isEqualTo(900);
    }

    @Test
    void lookingCreatesNoData() throws Exception {
        JsonNode overview = browser.get("/api/overview");

        assertThat(overview.path("running").asBoolean()).isFalse();
        assertThat(overview.path("health").isNull()).isTrue();
        assertThat(browser.get("/api/activity?minutes=60").path("available").asBoolean())
                .isFalse();
        assertThat(browser.get("/api/deadletters/groups").path("total").asInt()).isZero();
        assertThat(browser.get("/api/accesses?limit=10").path("accesses")).isEmpty();
        assertThat(browser.post("/api/people/find", json("by", "key", "value", ADA))
                        .path("keys"))
                .isEmpty();
        browser.post(404, "/api/people/show", json("key", ADA));
        assertThat(places.data()).doesNotExist();
    }

    @Test
    void runningBridgeIsShown() throws Exception {
        try (BridgeServer bridge = run()) {
            adaChooses(bridge);

            JsonNode overview = browser.get("/api/overview");
            JsonNode activity = browser.get("/api/activity?minutes=360");

            assertThat(overview.path("running").asBoolean()).isTrue();
            assertThat(overview.at("/health/status").asText()).isEqualTo("up");
            assertThat(overview.at("/systems/0/last_delivery").isTextual()).isTrue();
            assertThat(overview.at("/systems/1/last_delivery").isNull()).isTrue();
            assertThat(activity.at("/deliveries/accepted")).hasSize(360);
            assertThat(sum(activity.at("/deliveries/accepted"))).isEqualTo(1);
            assertThat(sum(activity.at("/applied/contacts"))).isEqualTo(1);
            assertThat(activity.at("/deliveries/accepted/0").isNull()).isTrue();
            assertThat(sum(activity.at("/propagation/p50"))).isPositive();
        }
    }

    private static double sum(JsonNode values) {
        double sum = 0;
        for (JsonNode value : values) {
            sum += value.asDouble();
        }
        return sum;
    }

    /** The console shares the folder while it needs it, and no longer. */
    @Test
    void bridgeCanStartSoonAfterTheConsoleUsedTheFolder() throws Exception {
        adaIsSettled();
        assertThat(browser.post("/api/people/find", json("by", "key", "value", ADA))
                        .path("keys"))
                .hasSize(1);

        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
            run().close();
            return true;
        });

        try (BridgeServer bridge = run()) {
            browser.post("/api/people/show", json("key", ADA));
            assertThat(bridge.isIdle()).isTrue();
        }
        // And without it again.
        browser.post("/api/people/show", json("key", ADA));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @SuppressWarnings("try") // The bridge only has to run.
    void personIsShownAndTheLookIsOnRecord(boolean running) throws Exception {
        adaIsSettled();
        try (AutoCloseable bridge = running ? run() : () -> {}) {
            JsonNode shown = browser.post("/api/people/show", json("key", ADA));

            JsonNode register = register(shown.path("explanation"));
            assertThat(register.path("words").asText()).isEqualTo("purpose newsletter");
            assertThat(register.path("value").asBoolean()).isTrue();
            assertThat(shown.at("/history/chain").asText()).isEqualTo("unbroken");
            assertThat(shown.at("/history/history").findValuesAsText("sentence"))
                    .anyMatch(sentence -> sentence.contains("newsletter: granted was chosen in Didomi"));
            JsonNode access = browser.get("/api/accesses?limit=1").at("/accesses/0");
            assertThat(access.path("kind").asText()).isEqualTo("looked_at");
            assertThat(access.path("means").asText()).isEqualTo("console");
            assertThat(access.toString()).doesNotContain(ADA);
        }
    }

    /** Of the newsletter. */
    private static JsonNode register(JsonNode explanation) {
        for (JsonNode register : explanation.path("registers")) {
            if (register.path("mapping").asText().equals("new_newsletter")) {
                return register;
            }
        }
        throw new AssertionError(explanation.toString());
    }

    @Test
    void personOfThePastIsShown() throws Exception {
        adaIsSettled();

        JsonNode before = browser.post("/api/people/at", json("key", ADA, "at", "2026-10-01"));
        JsonNode after = browser.post("/api/people/at", json("key", ADA, "at", "2026-10-02T09:00:00Z"));

        assertThat(register(before).path("value").isNull()).isTrue();
        assertThat(register(after).path("value").asBoolean()).isTrue();
        browser.post(400, "/api/people/at", json("key", ADA, "at", "yesterday"));
    }

    @Test
    void personIsFoundByAddressAndContact() throws Exception {
        adaIsSettled();

        JsonNode byAddress = browser.post("/api/people/find", json("by", "email", "value", ADA));
        JsonNode byContact = browser.post("/api/people/find", json("by", "contact", "value", contact.toString()));

        assertThat(byAddress.path("keys").get(0).asText()).isEqualTo(ADA);
        assertThat(byContact).isEqualTo(byAddress);
        assertThat(browser.get("/api/accesses?limit=5").path("accesses")).hasSize(2);
        browser.post(400, "/api/people/find", json("by", "contact", "value", "no GUID"));
        browser.post(400, "/api/people/find", json("by", "name", "value", "Ada"));
    }

    /** Whether somebody is known is personal data too. */
    @Test
    void searchByKeyIsOnRecordWhetherOrNotSomebodyIsFound() throws Exception {
        adaIsSettled();

        browser.post("/api/people/find", json("by", "key", "value", ADA));
        browser.post("/api/people/find", json("by", "key", "value", "grace@example.org"));

        assertThat(browser.get("/api/accesses?limit=5").path("accesses").findValuesAsText("kind"))
                .containsExactly("searched", "searched");
    }

    @Test
    void unreachableSystemIsNamed() throws Exception {
        adaIsSettled();
        simulators.dataverse().faults().always(RouteKind.FIND_CONTACTS, Fault.status(403));

        JsonNode refused = browser.post(502, "/api/people/find", json("by", "email", "value", ADA));

        assertThat(refused.path("error").asText()).contains("Dataverse");
    }

    @Test
    void exportIsAFileWithoutTheNameOfAPerson() throws Exception {
        adaIsSettled();

        HttpResponse<String> file = browser.send("POST", "/api/people/export", json("key", ADA, "format", "json"));
        HttpResponse<String> page = browser.send("POST", "/api/people/export", json("key", ADA, "format", "html"));

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("content-disposition")).contains("attachment; filename=\"export.json\"");
        assertThat(MAPPER.readTree(file.body()).path("key").asText()).isEqualTo(ADA);
        assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
        browser.post(404, "/api/people/export", json("key", GRACE, "format", "json"));
        browser.post(400, "/api/people/export", json("key", ADA, "format", "pdf"));
    }

    @Test
    void personIsErasedAfterTheKeyWasTypedAgain() throws Exception {
        adaIsSettled();
        browser.post(409, "/api/people/erase", json("key", ADA, "confirm", "ada", "reason", "asked by the person"));
        browser.post(400, "/api/people/erase", json("key", ADA, "confirm", ADA));

        JsonNode erased =
                browser.post("/api/people/erase", json("key", ADA, "confirm", ADA, "reason", "asked by the person"));

        assertThat(erased.at("/erased/ledger").asInt()).isEqualTo(1);
        assertThat(browser.get("/api/accesses?limit=1").at("/accesses/0/kind").asText())
                .isEqualTo("erased");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @SuppressWarnings("try") // The bridge only has to run.
    void dryRunIsAppliedOnceItsNumberIsTyped(boolean running) throws Exception {
        unheard(5);
        try (AutoCloseable bridge = running ? run() : () -> {}) {
            String dryRun = dryRun();
            JsonNode summary = browser.get("/api/tasks/" + dryRun + "/summary");
            assertThat(summary.path("total").asInt()).isEqualTo(5);
            assertThat(summary.at("/by/0/count").asInt()).isEqualTo(5);
            assertThat(summary.at("/by/0/mapping").asText()).isEqualTo("new_newsletter");

            browser.post(409, "/api/tasks", json("kind", "reconcile", "of", dryRun, "confirm", 4, "initial", true));
            browser.post(404, "/api/tasks", json("kind", "reconcile", "of", "another", "confirm", 5));
            JsonNode applied = ended(started(json("kind", "reconcile", "of", dryRun, "confirm", 5, "initial", true)));

            assertThat(applied.path("state").asText()).as(applied.toString()).isEqualTo("done");
            assertThat(applied.path("changed").asInt()).isEqualTo(5);
            assertThat(applied.path("fraction").asDouble()).isEqualTo(1);
            browser.post(409, "/api/tasks", json("kind", "reconcile", "of", dryRun, "confirm", 5, "initial", true));
            assertThat(browser.get("/api/tasks").at("/tasks/0/id")).isEqualTo(applied.path("id"));
        }
    }

    @Test
    void findingsAreFilteredAndPaged() throws Exception {
        unheard(12);
        String dryRun = dryRun();
        String path = "/api/tasks/" + dryRun + "/list";

        JsonNode page = browser.post(path, json("list", "differences", "offset", 10, "limit", 5));
        JsonNode one = browser.post(path, json("list", "differences", "text", "PERSON7@"));
        JsonNode none = browser.post(path, json("list", "differences", "mapping", "donotbulkemail", "limit", null));

        assertThat(page.path("total").asInt()).isEqualTo(12);
        assertThat(page.path("items")).hasSize(2);
        assertThat(page.path("truncated").asBoolean()).isFalse();
        assertThat(one.at("/items/0/key").asText()).isEqualTo("person7@example.org");
        assertThat(one.path("total").asInt()).isEqualTo(1);
        assertThat(none.path("total").asInt()).isZero();
        assertThat(browser.post(path, json("list", "unresolved")).path("total").asInt())
                .isZero();
        assertThat(browser.post(path, json("list", "failed")).path("total").asInt())
                .isZero();
        browser.post(400, path, json("list", "everything"));
        browser.post(400, path, json("list", "differences", "limit", 201));
        browser.post(404, "/api/tasks/unknown/list", json("list", "differences"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @SuppressWarnings("try") // The bridge only has to run.
    void runIsCancelled(boolean running) throws Exception {
        unheard(5);
        CountDownLatch page = new CountDownLatch(1);
        simulators.didomi().faults().next(RouteKind.READ_USERS, Fault.heldBy(page));
        List<String> events = browser.listen();
        try (AutoCloseable bridge = running ? run() : () -> {}) {
            String id = started(json("kind", "dry_run", "scan", "didomi"));
            assertThat(browser.post(409, "/api/tasks", json("kind", "dry_run", "scan", "didomi"))
                            .path("error")
                            .asText())
                    .contains("another run is under way");

            browser.post(202, "/api/tasks/" + id + "/cancel", "{}");
            page.countDown();

            assertThat(ended(id).path("state").asText()).isEqualTo("cancelled");
            await().until(() -> events.stream().anyMatch(line -> line.contains("\"state\":\"cancelled\"")));
            // Another one can follow, in whichever process the first one ran.
            await().atMost(Duration.ofSeconds(30)).untilAsserted(this::dryRun);
        }
    }

    @Test
    void failureOfARunIsSaid() throws Exception {
        simulators.didomi().faults().always(RouteKind.SESSION, Fault.status(401));

        JsonNode task = ended(started(json("kind", "dry_run", "scan", "full")));

        assertThat(task.path("state").asText()).isEqualTo("failed");
        assertThat(task.path("sentence").asText()).contains("didomi.key");
    }

    @ParameterizedTest
    @CsvSource({"kind,everything", "kind,dry_run", "scan,sideways"})
    void unknownTaskIsRefused(String name, String value) throws Exception {
        String request = name.equals("scan") || value.equals("dry_run")
                ? json("kind", "dry_run", "scan", "sideways")
                : json(name, value);

        browser.post(400, "/api/tasks", request);
    }

    @Test
    void checksAreKeptForTheOverview() throws Exception {
        JsonNode task = ended(started(json("kind", "checks")));

        assertThat(task.path("state").asText()).as(task.toString()).isEqualTo("done");
        JsonNode overview = browser.get("/api/overview");
        assertThat(overview.at("/checks/at").isTextual()).isTrue();
        assertThat(overview.at("/checks/checks/0/code").asText()).isEqualTo("document");
        assertThat(overview.at("/systems/0/token").asText()).isEqualTo("ok");
        assertThat(overview.at("/systems/1/token").asText()).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @SuppressWarnings("try") // The bridge only has to run.
    void deadLettersAreGroupedWithTheirRemedy(boolean running) throws Exception {
        deadLetters(7, 3);
        try (AutoCloseable bridge = running ? run() : () -> {}) {
            JsonNode groups = browser.get("/api/deadletters/groups");

            assertThat(groups.path("total").asInt()).isEqualTo(10);
            assertThat(groups.path("groups")).hasSize(2);
            assertThat(groups.at("/groups/0/count").asInt()).isEqualTo(7);
            assertThat(groups.at("/groups/0/remedy").asText()).contains("Merge the contacts");
            assertThat(groups.at("/groups/1/side").asText()).isEqualTo("dynamics");
            String group = groups.at("/groups/0/group").asText();
            JsonNode page = browser.post("/api/deadletters/list", json("group", group, "offset", 5, "limit", 50));
            assertThat(page.path("total").asInt()).isEqualTo(7);
            assertThat(page.path("dead_letters")).hasSize(2);
            assertThat(browser.post("/api/deadletters/list", json("key", "person3@example.org"))
                            .path("total")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void deadLetterIsMaskedUntilItIsAskedForPlainly() throws Exception {
        deadLetters(1, 0);
        String id = browser.post("/api/deadletters/list", "{}")
                .at("/dead_letters/0/id")
                .asText();

        JsonNode masked = browser.post("/api/deadletters/show", json("id", id));
        assertThat(masked.path("body").asText()).doesNotContain("person0");
        assertThat(browser.get("/api/accesses?limit=10").path("accesses")).isEmpty();

        JsonNode plain = browser.post("/api/deadletters/show", json("id", id, "plain", true));
        assertThat(plain.path("body").asText()).contains("person0");
        assertThat(browser.get("/api/accesses?limit=10").path("accesses")).hasSize(1);
        browser.post(404, "/api/deadletters/show", json("id", "unknown"));
    }

    @Test
    void deadLettersAreReplayedOnceTheirNumberIsTyped() throws Exception {
        deadLetters(4, 2);
        String group =
                browser.get("/api/deadletters/groups").at("/groups/0/group").asText();

        browser.post(409, "/api/deadletters/replay", json("group", group, "confirm", 6));
        browser.post(409, "/api/deadletters/replay", json("all", true, "confirm", 4));
        browser.post(400, "/api/deadletters/replay", json("group", group));
        JsonNode replayed = browser.post("/api/deadletters/replay", json("group", group, "confirm", 4));

        assertThat(replayed.path("replayed").asInt()).isEqualTo(4);
        assertThat(browser.get("/api/deadletters/groups").path("total").asInt()).isEqualTo(2);
        assertThat(browser.post("/api/deadletters/replay", json("all", true, "confirm", 2))
                        .path("replayed")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void chosenDeadLettersAreDiscardedOnRecord() throws Exception {
        deadLetters(0, 3);
        JsonNode letters = browser.post("/api/deadletters/list", "{}").path("dead_letters");
        List<String> two =
                List.of(letters.at("/0/id").asText(), letters.at("/1/id").asText());

        browser.post(409, "/api/deadletters/discard", json("ids", two, "confirm", 3, "reason", "duplicates"));
        browser.post(400, "/api/deadletters/discard", json("ids", two, "confirm", 2));
        JsonNode discarded =
                browser.post("/api/deadletters/discard", json("ids", two, "confirm", 2, "reason", "duplicates"));

        assertThat(discarded.path("discarded").asInt()).isEqualTo(2);
        assertThat(browser.get("/api/deadletters/groups").path("total").asInt()).isEqualTo(1);
    }

    @Test
    void mappingIsShownWithWhatBothSystemsSay() throws Exception {
        List.of("newsletter", "marketing", "marketing-calls").forEach(simulators.didomi()::knowsPurpose);

        JsonNode mapping = browser.get("/api/mapping");

        assertThat(mapping.path("document").asText()).isEqualTo(TestPlaces.DOCUMENT);
        assertThat(mapping.path("unreadable").isNull()).as(mapping.toString()).isTrue();
        JsonNode second = mapping.at("/mappings/1");
        assertThat(second.path("column").asText()).isEqualTo("donotbulkemail");
        assertThat(second.path("didomi").asText()).isEqualTo("purpose marketing");
        assertThat(second.path("type").asText()).isEqualTo("Boolean");
        assertThat(second.path("invert").asBoolean()).isTrue();
        assertThat(second.path("direction").asText()).isEqualTo("both");
        assertThat(mapping.path("purposes"))
                .extracting(purpose -> purpose.path("id").asText() + " " + purpose.path("mapped"))
                .containsExactlyInAnyOrder("newsletter true", "marketing true", "marketing-calls false");
    }

    @Test
    void mappingIsShownWithoutASystemThatCannotBeRead() throws Exception {
        simulators.didomi().faults().always(RouteKind.SESSION, Fault.status(401));

        JsonNode mapping = browser.get("/api/mapping");

        assertThat(mapping.path("unreadable").asText()).contains("Didomi");
        assertThat(mapping.at("/mappings/0/type").asText()).isEqualTo("Boolean");
    }

    @Test
    void problemsOfADocumentHaveTheirLine() throws Exception {
        String document = TestPlaces.DOCUMENT.replace(
                "\"purpose\": \"marketing\"}, \"invert\": true", "\"purpous\": \"marketing\"}");

        JsonNode problems =
                browser.post("/api/mapping/check", json("document", document)).path("problems");

        assertThat(problems.at("/0/pointer").asText()).startsWith("/mappings/1");
        assertThat(problems.at("/0/line").asInt()).isEqualTo(5);
        assertThat(browser.post("/api/mapping/check", json("document", TestPlaces.DOCUMENT))
                        .path("problems"))
                .isEmpty();
        JsonNode broken = browser.post("/api/mapping/check", json("document", "{\n\"type_id\": ?}"))
                .path("problems");
        assertThat(broken.at("/0/line").asInt()).isEqualTo(2);
    }

    @Test
    void deliveryIsTriedWithoutWriting() throws Exception {
        adaIsSettled();
        String refusal = Deliveries.newsletter(ADA, false, AT.plusSeconds(60));

        JsonNode trial = browser.post("/api/mapping/try", json("side", "didomi", "body", refusal));

        assertThat(trial.path("key").asText()).isEqualTo(ADA);
        assertThat(trial.at("/columns/0/before").asBoolean()).isTrue();
        assertThat(trial.at("/columns/0/after").asBoolean()).isFalse();
        assertThat(trial.at("/columns/0/changes").asBoolean()).isTrue();
        assertThat(simulators.dataverse().contact(contact).get("new_newsletter"))
                .isEqualTo(true);
        JsonNode unknown = browser.post(
                "/api/mapping/try", json("side", "didomi", "body", Deliveries.newsletter(GRACE, false, AT)));
        assertThat(unknown.at("/columns/0/before").isNull()).isTrue();
        assertThat(unknown.at("/columns/0/note").asText()).contains("no contact");
        browser.post(400, "/api/mapping/try", json("side", "didomi", "body", "no JSON"));
    }

    @Test
    void pauseIsLifted() throws Exception {
        try (BridgeServer bridge = run()) {
            JsonNode lifted = browser.post("/api/resume", json("system", "didomi"));

            assertThat(lifted.path("lifted")).isEmpty();
            assertThat(bridge.isIdle()).isTrue();
            browser.post(400, "/api/resume", json("system", "salesforce"));
        }
    }

    @Test
    void pagesHearWhatMoves() throws Exception {
        List<String> lines = browser.listen();
        try (BridgeServer bridge = run()) {
            await().until(() -> lines.stream().anyMatch(line -> line.contains("\"running\":true")));
            adaChooses(bridge);

            await().until(() -> lines.contains("event: activity"));
            assertThat(lines).contains("status 200", "event: overview");
        }
        await().until(() -> lines.stream()
                .filter(line -> line.startsWith("data: {\"running\""))
                .reduce((first, second) -> second)
                .orElse("")
                .startsWith("data: {\"running\":false"));
    }

    /** The ninth page takes the place of the one that has listened longest. */
    @Test
    void streamsAreBounded() throws Exception {
        List<String> first = browser.listen();
        await().until(() -> first.contains("event: overview"));
        List<List<String>> others = new ArrayList<>();
        for (int index = 0; index < 8; index++) {
            others.add(browser.listen());
        }

        await().until(() -> first.contains("end"));
        assertThat(others).noneMatch(lines -> lines.contains("end"));
        assertThat(browser.getStatus("/api/session")).isEqualTo(200);
    }
}
