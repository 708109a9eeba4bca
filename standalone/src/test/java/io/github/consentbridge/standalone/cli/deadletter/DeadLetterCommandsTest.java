package io.github.consentbridge.standalone.cli.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.standalone.cli.Bridge;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a data folder, from dead letters to what is on record of them. */
class DeadLetterCommandsTest {
    private static final Instant AT = Instant.parse("2026-10-02T08:00:00Z");
    private static final String BODY =
            "{\"type\":\"event.created\",\"user\":{\"organization_user_id\":\"grace@example.org\"}}";

    @TempDir
    Path folder;

    private StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String id;

    @BeforeEach
    void store() throws Exception {
        Files.writeString(folder.resolve("integration.json"), """
                {"type_id": "microsoft-dynamics", "properties": {"organization_id": "acme"},
                 "mappings": [{"id": "new_newsletter", "value": {"purpose": "newsletter"}}]}""");
        Files.writeString(folder.resolve("secrets.json"), "{}");
        Files.setPosixFilePermissions(folder.resolve("secrets.json"), PosixFilePermissions.fromString("rw-------"));
        List<DeadLetter> letters = new ArrayList<>();
        for (int index = 0; index < 12; index++) {
            letters.add(letter(
                    "person" + index + "@example.org",
                    "{\"of\":" + index + "}",
                    "server error (request 7f-" + index + ")"));
        }
        DeadLetter grace = letter("grace@example.org", BODY, "ambiguous\u202e");
        letters.add(grace);
        id = grace.delivery().id();
        try (Store store = Store.open(folder.resolve("data"), Clock.systemUTC())) {
            store.deadLetters().add(letters);
        }
    }

    private static DeadLetter letter(String person, String body, String reason) {
        return new DeadLetter(
                Delivery.received(Side.DIDOMI, person, AT, body).failedAgain(AT.plusSeconds(9), reason),
                reason,
                AT.plusSeconds(9));
    }

    private int execute(String... words) {
        out = new StringWriter();
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
    void equalReasonsAreOneWithTheirNumber() {
        assertThat(execute("deadletters")).isZero();

        assertThat(out.toString().lines().toList())
                .startsWith("12 × server error (request …)")
                .contains("and 2 more: --json lists all", "1 × ambiguous\\u202e", "13 dead letters, 2 reasons");
    }

    @Test
    void jsonListsAllWithAttemptsAndTheTimeOfTheLastFailure() throws Exception {
        assertThat(execute("deadletters", "--json")).isZero();

        assertThat(json()).hasSize(13).allSatisfy(letter -> {
            assertThat(letter.get("attempts").asInt()).isEqualTo(1);
            assertThat(letter.get("failed_at").asText()).isEqualTo("2026-10-02T08:00:09Z");
        });
    }

    @Test
    void personalDataAreShownOnRequestOnly() throws Exception {
        assertThat(execute("deadletters", "show", id)).isZero();
        assertThat(out.toString()).contains("event.created", "ambiguous", "***").doesNotContain("grace");
        assertThat(execute("deadletters", "show", id, "--json")).isZero();
        assertThat(out.toString()).contains("event.created").doesNotContain("grace");

        assertThat(execute("deadletters", "show", id, "--plain")).isZero();
        assertThat(out.toString()).contains("grace@example.org");
        assertThat(execute("deadletters", "show", id, "--plain", "--json")).isZero();
        assertThat(json().get("body").asText()).isEqualTo(BODY);
    }

    @Test
    void discardedOneLeavesItsRecord() throws Exception {
        assertThat(execute("deadletters", "discard", id, "--reason", "asked by the customer"))
                .isZero();

        assertThat(execute("deadletters", "discard", id, "--reason", "again")).isEqualTo(1);
        assertThat(execute("deadletters", "--json")).isZero();
        assertThat(json()).hasSize(12);
        assertThat(execute("deadletters", "show", id, "--json")).isZero();
        assertThat(json().at("/discarded/0/by").asText()).isEqualTo(System.getProperty("user.name"));
        assertThat(json().at("/discarded/0/reason").asText()).isEqualTo("asked by the customer");
        assertThat(Instant.parse(json().at("/discarded/0/discarded_at").asText()))
                .isAfter(AT);
        assertThat(out.toString()).doesNotContain("grace");
        assertThat(execute("deadletters", "show", id)).isZero();
        assertThat(out.toString()).startsWith("discarded by ").contains("(keyed hash)");
    }

    @Test
    void groupIsReplayedByTheReasonThatIsShown() {
        assertThat(execute("replay", "--reason", "server error (request …)")).isZero();
        assertThat(out.toString()).startsWith("12 deliveries");
    }
}
