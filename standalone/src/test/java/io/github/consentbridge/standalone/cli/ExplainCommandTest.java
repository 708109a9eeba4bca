package io.github.consentbridge.standalone.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.standalone.BridgeProcess;
import io.github.consentbridge.standalone.host.BridgeServer;
import io.github.consentbridge.standalone.host.FileCredentials;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.intake.Proxies;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the column really holds, what waits and what failed. */
class ExplainCommandTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Instant AT = Instant.parse("2026-10-02T08:15:30Z");
    private static final String DOCUMENT = """
            {"type_id": "microsoft-dynamics",
             "properties": {"contact_key": "emailaddress1", "key_case": "lower"}, "mappings": [
               {"id": "donotbulkemail", "value": {"purpose": "marketing"}, "invert": true},
               {"id": "new_frequency", "value": {"purpose": "marketing", "preference": "frequency"},
                "options": {"weekly": 11, "monthly": 12}}]}""";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int explain(String... arguments) throws Exception {
        Path config = Files.writeString(folder.resolve("integration.json"), DOCUMENT);
        String[] all = new String[arguments.length + 5];
        System.arraycopy(
                new String[] {
                    "explain",
                    "--config",
                    config.toString(),
                    "--data",
                    folder.resolve("data").toString()
                },
                0,
                all,
                0,
                5);
        System.arraycopy(arguments, 0, all, 5, arguments.length);
        return Bridge.execute(new Bridge(), new PrintWriter(out, true), new PrintWriter(err, true), all);
    }

    private JsonNode explained(String key) throws Exception {
        assertThat(explain("--json", key)).as(err.toString()).isZero();
        return new JsonMapper().readTree(out.toString());
    }

    private static Delivery delivery(String person, String purposes) {
        return Delivery.received(Side.DIDOMI, person, AT, """
                {"type":"event.created","regulation":"gdpr","parameters":{"entity":{"id":"e-%s","created_at":"%s",\
                "status":"confirmed","user":{"id":"u-1","organization_user_id":"%s"},\
                "consents":{"purposes":[%s]}}}}""".formatted(person, AT, person, purposes));
    }

    private Store store() {
        return Store.open(folder.resolve("data"), CLOCK);
    }

    /** Ada refuses marketing and asks for weekly mails, which the bridge applies. */
    private void adaIsSettled() throws Exception {
        try (Store store = store()) {
            store.queue().send(List.of(delivery("ada@example.org", """
                                    {"id":"marketing","enabled":false,"values":{"frequency":{"value":"weekly"}}}""")), Duration.ZERO);
        }
        try (Simulators simulators = Simulators.start(CLOCK)) {
            simulators.dataverse().column(SimulatedColumn.choice("new_frequency", Map.of(11, "Weekly", 12, "Monthly")));
            simulators.dataverse().addContact(Map.of("emailaddress1", "ada@example.org"));
            Path secrets = folder.resolve("secrets.json");
            BridgeProcess.writeSecret(secrets, BridgeProcess.secrets(simulators));
            try (BridgeServer bridge = BridgeServer.start(
                    IntegrationReader.read(DOCUMENT.getBytes(UTF_8), IntegrationReader.Place.FILE),
                    log -> new FileCredentials(secrets, CLOCK, log),
                    new BridgeServer.Settings(
                            folder.resolve("data"),
                            "127.0.0.1",
                            0,
                            Proxies.none(),
                            1,
                            Optional.empty(),
                            new Endpoints(
                                    ServiceUrl.parse(
                                            "DIDOMI_API_URL",
                                            simulators.didomi().url().toString()),
                                    ServiceUrl.parse(
                                            "ENTRA_LOGIN_URL",
                                            simulators.entra().url().toString())),
                            new PrintStream(OutputStream.nullOutputStream(), false, UTF_8)),
                    CLOCK)) {
                await().atMost(Duration.ofMinutes(1)).until(bridge::isIdle);
            }
        }
    }

    @Test
    void columnValueIsWhatTheColumnHoldsAndNotTheChoice() throws Exception {
        adaIsSettled();

        JsonNode registers = explained("ada@example.org").path("registers");

        JsonNode inverted = registers.get(0);
        assertThat(inverted.path("mapping").asText()).isEqualTo("donotbulkemail");
        assertThat(inverted.path("value").toString()).isEqualTo("false");
        assertThat(inverted.path("dynamics_shows").toString()).isEqualTo("false");
        assertThat(inverted.path("column_value").toString()).isEqualTo("true");
        assertThat(registers.get(1).path("value").toString()).isEqualTo("\"weekly\"");
        assertThat(registers.get(1).path("column_value").toString()).isEqualTo("11");
    }

    @Test
    void tableNamesTheChoiceAndWhatTheColumnHolds() throws Exception {
        adaIsSettled();

        assertThat(explain("ada@example.org")).isZero();

        assertThat(out.toString())
                .contains("marketing: refused → donotbulkemail = true")
                .contains("marketing/frequency: weekly → new_frequency = 11");
    }

    @Test
    void waitingDeliveriesAndDeadLettersOfThePersonAreListed() throws Exception {
        adaIsSettled();
        Delivery waiting = delivery("Ada@Example.org", "{\"id\":\"marketing\",\"enabled\":true}");
        try (Store store = store()) {
            store.queue()
                    .send(
                            List.of(waiting.failedAgain(AT, "no luck"), delivery("grace@example.org", "")),
                            Duration.ZERO);
            store.deadLetters()
                    .add(List.of(
                            new DeadLetter(delivery("ada@example.org", "1"), "ambiguous", AT),
                            new DeadLetter(delivery("grace@example.org", "2"), "ambiguous", AT)));
        }

        JsonNode person = explained("ada@example.org");

        assertThat(person.path("waiting")).hasSize(1);
        assertThat(person.at("/waiting/0/id").asText()).isEqualTo(waiting.id());
        assertThat(person.at("/waiting/0/attempts").intValue()).isEqualTo(1);
        assertThat(person.at("/waiting/0/last_failure").asText()).isEqualTo("no luck");
        assertThat(person.path("dead_letters")).hasSize(1);
        assertThat(person.at("/dead_letters/0/reason").asText()).isEqualTo("ambiguous");
    }

    @Test
    void personOfWhomOnlyADeliveryWaitsIsKnown() throws Exception {
        try (Store store = store()) {
            store.queue().send(List.of(delivery("grace@example.org", "")), Duration.ZERO);
        }

        assertThat(explain("grace@example.org")).isZero();

        assertThat(out.toString()).contains("1 delivery waits");
    }

    @Test
    void personOfWhomOnlyADeadLetterIsLeftIsKnown() throws Exception {
        try (Store store = store()) {
            store.deadLetters().add(List.of(new DeadLetter(delivery("grace@example.org", ""), "no such thing", AT)));
        }

        assertThat(explain("grace@example.org")).isZero();

        assertThat(out.toString()).contains("no such thing");
        assertThat(explain("ada@example.org")).isEqualTo(1);
    }

    @Test
    void historyListsTheChoiceWhoMadeItAndTheWriteItLedTo() throws Exception {
        adaIsSettled();

        assertThat(explain("--history", "--json", "ada@example.org"))
                .as(err.toString())
                .isZero();

        JsonNode report = new JsonMapper().readTree(out.toString());
        assertThat(report.path("key").asText()).isEqualTo("ada@example.org");
        assertThat(report.path("chain").asText()).isEqualTo("unbroken");
        JsonNode choice = entry(report, "choice", "donotbulkemail");
        assertThat(choice.path("value").asText()).isEqualTo("false");
        assertThat(choice.path("decided_at").asText()).isEqualTo(AT.toString());
        assertThat(choice.path("side").asText()).isEqualTo("didomi");
        assertThat(choice.path("by").asText()).isEqualTo("event e-ada@example.org");
        assertThat(choice.path("regulation").asText()).isEqualTo("gdpr");
        JsonNode write = entry(report, "write", "donotbulkemail");
        assertThat(write.path("column_value").booleanValue()).isTrue();
        assertThat(write.path("before").isNull()).isFalse();
    }

    private static JsonNode entry(JsonNode report, String kind, String mapping) {
        for (JsonNode entry : report.path("history")) {
            if (entry.path("kind").asText().equals(kind)
                    && entry.path("mapping").asText().equals(mapping)) {
                return entry;
            }
        }
        throw new AssertionError("no " + kind + " of " + mapping + " in " + report);
    }

    @Test
    void historyReadsAsSentences() throws Exception {
        adaIsSettled();

        assertThat(explain("--history", "ada@example.org")).as(err.toString()).isZero();

        assertThat(out.toString())
                .contains("marketing: refused was chosen in Didomi at " + AT + ", by event e-ada@example.org")
                .contains("The contact was written marketing: refused (donotbulkemail = true, before false)")
                .contains("the chain is unbroken");
    }

    @Test
    void momentBeforeTheChoiceShowsNoneAndADateIsTheEndOfItsDay() throws Exception {
        adaIsSettled();

        assertThat(explain("--at", "2026-10-02T08:15:29Z", "--json", "ada@example.org"))
                .isZero();
        JsonNode before = new JsonMapper().readTree(out.toString());
        out.getBuffer().setLength(0);
        assertThat(explain("--at", "2026-10-02", "--json", "ada@example.org")).isZero();
        JsonNode after = new JsonMapper().readTree(out.toString());

        assertThat(before.path("registers").get(0).path("value").isNull()).isTrue();
        assertThat(before.path("at").asText()).isEqualTo("2026-10-02T08:15:29Z");
        assertThat(after.path("registers").get(0).path("value").asText()).isEqualTo("false");
        assertThat(after.path("registers").get(0).path("reason").asText()).contains("it became known here only at");
    }

    @Test
    void editedHistoryIsSaidToBeBroken() throws Exception {
        adaIsSettled();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/bridge.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE history SET entry = replace(entry, 'weekly', 'monthly')");
        }

        assertThat(explain("--history", "ada@example.org")).isEqualTo(1);

        assertThat(out.toString()).contains("the chain is broken at ");
    }

    @Test
    void historyOfAnUnknownPersonIsNone() throws Exception {
        adaIsSettled();

        assertThat(explain("--history", "grace@example.org")).isEqualTo(1);

        assertThat(err.toString()).contains("no history of this organization user id is kept");
    }

    @Test
    void timeThatIsNoneIsRefused() throws Exception {
        assertThat(explain("--at", "3 May", "ada@example.org")).isEqualTo(2);

        assertThat(err.toString()).contains("'3 May' is not a time: write a date such as 2026-05-03");
    }
}
