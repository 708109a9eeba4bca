package io.github.consentbridge.standalone.cli.rights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.standalone.cli.Bridge;
import io.github.consentbridge.standalone.store.FolderBytes;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.ledger.ReleasedContents;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on a data folder that no process owns; nothing here asks another system. */
class EraseCommandTest {
    private static final String ADA = ReleasedContents.ADA.value();

    @TempDir
    Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void store() throws Exception {
        Files.writeString(folder.resolve("integration.json"), """
                {"type_id": "microsoft-dynamics",
                 "properties": {"organization_id": "acme", "contact_key": "emailaddress1", "key_case": "lower"},
                 "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""");
        Files.writeString(folder.resolve("secrets.json"), "{}");
        Files.setPosixFilePermissions(folder.resolve("secrets.json"), PosixFilePermissions.fromString("rw-------"));
        try (Store store = open()) {
            store.ledger().save(ReleasedContents.entries());
            store.queue().send(List.of(waiting("ADA@example.org"), waiting("grace@example.org")), Duration.ZERO);
            store.deadLetters().add(List.of(dead("Ada@example.org"), dead("grace@example.org")));
        }
    }

    private Store open() {
        return Store.open(folder.resolve("data"), Clock.systemUTC());
    }

    private static Delivery waiting(String person) {
        return Delivery.received(Side.DIDOMI, person, ReleasedContents.AT, "{\"of\":\"" + person + "\"}");
    }

    private static DeadLetter dead(String person) {
        return new DeadLetter(waiting(person), "the column is too short", ReleasedContents.AT);
    }

    private int execute(String... words) {
        out = new StringWriter();
        err = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(words));
        for (String place : List.of("config=integration.json", "secrets=secrets.json", "data=data")) {
            arguments.add("--" + place.replace("=", "=" + folder + "/"));
        }
        return Bridge.execute(
                new Bridge(), new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }

    private JsonNode json() throws Exception {
        return new JsonMapper().readTree(out.toString());
    }

    @Test
    void erasureConcernsOnePersonOnly() throws Exception {
        assertThat(execute("erase", ADA, "--reason", "asked by phone", "--json"))
                .as(err.toString())
                .isZero();

        assertThat(json().path("key").asText()).isEqualTo(ADA);
        assertThat(json().path("erased").toString())
                .isEqualTo("{\"ledger\":1,\"history\":2,\"waiting\":1,\"dead_letters\":1}");
        assertThat(json().path("remains").toString())
                .contains("Didomi", ReleasedContents.CONTACT, "Log lines", "Files made with backup", "1095 days");
        try (Store store = open()) {
            assertThat(store.ledger()
                            .load(List.of(ReleasedContents.ADA))
                            .get(ReleasedContents.ADA)
                            .isTombstone())
                    .isTrue();
            assertThat(store.ledger().history(ReleasedContents.ADA)).isEmpty();
            assertThat(store.ledger().personOf(ReleasedContents.CONTACT)).isEmpty();
            assertThat(store.queue().find(person -> true, 9))
                    .extracting(Delivery::person)
                    .containsExactly("grace@example.org");
            assertThat(store.deadLetters().list(letter -> true, 9)).hasSize(1);
        }
        assertThat(execute("explain", ADA)).isZero();
        assertThat(out.toString()).startsWith("erased, in Didomi or here, at ");
    }

    @Test
    void nothingOfThePersonIsLeftInTheFiles() throws Exception {
        FolderBytes traces = new FolderBytes(folder.resolve("data"))
                .text("the key", ADA)
                .text("the key of the waiting delivery", "ADA@example.org")
                .text("the key of the dead letter", "Ada@example.org")
                .text("the contact", ReleasedContents.CONTACT)
                .stored("the history", "SELECT entries FROM history");
        assertThat(traces.found()).hasSizeGreaterThan(4);

        assertThat(execute("erase", ADA, "--reason", "asked by phone")).isZero();

        assertThat(traces.found()).isEmpty();
    }

    @Test
    void repeatErasesNothingAndIsNoMistake() throws Exception {
        execute("erase", ADA, "--reason", "asked by phone");

        assertThat(execute("erase", "Ada@Example.org", "--reason", "asked again"))
                .isZero();

        assertThat(out.toString())
                .startsWith("erased: 0 ledger entries, 0 entries of the history, 0 waiting deliveries, 0 dead letters")
                .contains("what remains:")
                .contains("* Didomi keeps its own record of the person");
        assertThat(execute("accesses", "--json")).isZero();
        assertThat(json())
                .hasSize(2)
                .allSatisfy(access -> assertThat(access.path("kind").asText()).isEqualTo("erased"));
        assertThat(json().at("/0/reason").asText()).isEqualTo("asked again");
        assertThat(json().at("/0/person")).isEqualTo(json().at("/1/person"));
    }

    @Test
    void personOfWhomOnlyADeliveryWaitsIsErasedToo() throws Exception {
        assertThat(execute("erase", "grace@example.org", "--reason", "asked", "--json"))
                .isZero();
        assertThat(json().at("/erased/waiting").intValue()).isEqualTo(1);

        assertThat(execute("erase", "unknown@example.org", "--reason", "asked")).isEqualTo(1);
        assertThat(err.toString()).contains("nothing is known of unknown@example.org here");
    }

    @Test
    void nothingIsShownOrErasedThatIsNotOnRecord() throws Exception {
        execute("accesses");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/bridge.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE access");
        }

        for (String[] command : List.of(
                new String[] {"explain", ADA},
                new String[] {"explain", ADA, "--history"},
                new String[] {"explain", ADA, "--at", "2026-03-01"},
                new String[] {"hash", ADA},
                new String[] {"export", ADA},
                new String[] {
                    "deadletters", "show", dead("Ada@example.org").delivery().id(), "--plain"
                },
                new String[] {"erase", ADA, "--reason", "asked"})) {
            assertThat(execute(command)).as(String.join(" ", command)).isEqualTo(3);
            assertThat(out.toString()).as(String.join(" ", command)).isEmpty();
        }
        try (Store store = open()) {
            assertThat(store.ledger().history(ReleasedContents.ADA)).hasSize(2);
        }
    }

    @Test
    void lookAtAWholeDeadLetterIsOnRecord() throws Exception {
        String id = dead("Ada@example.org").delivery().id();
        execute("deadletters", "show", id);
        execute("deadletters", "show", id, "--plain");

        assertThat(execute("accesses", "--json")).isZero();

        assertThat(json())
                .singleElement()
                .satisfies(access -> assertThat(access.path("kind").asText()).isEqualTo("looked_at"));
    }

    @Test
    void hashWithoutALogKeySaysThatLogsHaveNoFixedOne() throws Exception {
        assertThat(execute("hash", ADA)).as(err.toString()).isZero();

        assertThat(out.toString())
                .contains("in logs: unknown, because the secret has no log_key")
                .containsPattern("in the stores: [0-9a-f]{32}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "erase ada@example.org",
                "erase ada@example.org --reason=",
                "export ada@example.org --format xml",
                "export ada@example.org --format html --json",
                "export",
                "find",
                "find --email a@example.org --contact 6f0c1f6e-8d2a-4d9b-9a51-1c5a3c1f0a01",
                "find --email=",
                "accesses --limit 0"
            })
    void mistakeIsASentenceAndChangesNothing(String command) {
        assertThat(execute(command.split(" "))).as(err.toString()).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isNotBlank();
    }
}
