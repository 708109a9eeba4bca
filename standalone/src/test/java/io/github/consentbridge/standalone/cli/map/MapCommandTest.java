package io.github.consentbridge.standalone.cli.map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.standalone.cli.Bridge;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ./bridge map} says of deliveries, by the published integration document and by others. */
class MapCommandTest {
    private static final Path EVENTS = Path.of("..", "events");
    private static final Path PUBLISHED = Path.of("..", "config", "integration.json");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int map(Path config, Path file) {
        return Bridge.execute(
                new Bridge(),
                new PrintWriter(out),
                new PrintWriter(err),
                "map",
                "--json",
                "--config",
                "" + config,
                "" + file);
    }

    private JsonNode mapped(Path config, Path file) throws JsonProcessingException {
        assertThat(map(config, file)).as(err.toString()).isZero();
        return new JsonMapper().readTree(out.toString()).path("deliveries").path(0);
    }

    private static String choices(JsonNode delivery) {
        List<String> choices = new ArrayList<>();
        for (JsonNode choice : delivery.path("choices")) {
            choices.add(choice.path("mapping").asText() + " " + choice.path("value") + " "
                    + choice.path("decided_at").asText());
        }
        return String.join("; ", choices);
    }

    private static String reasons(JsonNode delivery) {
        List<String> reasons = new ArrayList<>();
        for (JsonNode ignored : delivery.path("ignored")) {
            String reason = ignored.path("reason").asText();
            if (!reason.equals("no choice in this delivery") && !reason.equals("properties are not sent to Didomi")) {
                reasons.add(ignored.path("mapping").asText() + ": " + reason);
            }
        }
        return String.join("; ", reasons);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "mapped-events.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 1)
    void sampleIsMapped(
            String file, String side, @Nullable String key, @Nullable String choices, @Nullable String reasons)
            throws JsonProcessingException {
        JsonNode delivery = mapped(PUBLISHED, EVENTS.resolve(file));

        assertThat(delivery.path("side").asText()).isEqualTo(side);
        assertThat(delivery.path("key").textValue()).isEqualTo(key);
        assertThat(choices(delivery)).isEqualTo(choices == null ? "" : choices);
        assertThat(reasons(delivery)).isEqualTo(reasons == null ? "" : reasons);
        assertThat(delivery.path("choices").size() + delivery.path("ignored").size())
                .isEqualTo(4);
    }

    @Test
    void everySampleIsInTheTable() throws IOException {
        List<String> named;
        try (var table = getClass().getResourceAsStream("mapped-events.csv")) {
            named = new String(table.readAllBytes(), UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.substring(0, line.indexOf('|')).strip())
                    .toList();
        }

        try (Stream<Path> files = Files.list(EVENTS)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> name.endsWith(".json") && !name.equals("didomi-garbage.json"))
                    .containsExactlyInAnyOrderElementsOf(named);
        }
    }

    @Test
    void whatIsNoDeliveryIsAnErrorThatQuotesNothing() throws IOException {
        Path text = Files.writeString(folder.resolve("text.json"), "ada@example.org");
        Path latin = Files.write(folder.resolve("latin.json"), new byte[] {'"', (byte) 0xE9, '"'});

        assertThat(map(PUBLISHED, EVENTS.resolve("didomi-garbage.json"))).isEqualTo(2);
        assertThat(map(PUBLISHED, text)).isEqualTo(2);
        assertThat(map(PUBLISHED, latin)).isEqualTo(2);
        assertThat(map(PUBLISHED, folder.resolve("none.json"))).isEqualTo(2);
        assertThat(err.toString())
                .contains("garbage.json is not a delivery: the body is not JSON")
                .contains("text.json is not a delivery: it is not JSON in UTF-8")
                .contains("latin.json is not a delivery: it is not JSON in UTF-8")
                .contains("there is no file")
                .doesNotContain("ada@");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void oneBadFileHidesNoOther() throws IOException {
        Path text = Files.writeString(folder.resolve("text.json"), "ada@example.org");

        int exitCode = Bridge.execute(
                new Bridge(),
                new PrintWriter(out),
                new PrintWriter(err),
                "map",
                "--config",
                PUBLISHED.toString(),
                EVENTS.resolve("didomi-event-created.json").toString(),
                text.toString(),
                folder.resolve("none.json").toString(),
                EVENTS.resolve("dynamics-update.json").toString());

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("text.json is not a delivery").contains("there is no file");
        assertThat(out.toString()).contains("didomi-event-created.json").contains("dynamics-update.json");
    }

    @Test
    void whatTheColumnHoldsIsShownBesideTheChoice() throws IOException {
        Path body = Files.writeString(folder.resolve("body.json"), body("true"));
        Path config = config("", "{\"purpose\": \"p\"}, \"invert\": true");

        JsonNode choice = mapped(config, body).path("choices").path(0);
        out.getBuffer().setLength(0);
        Bridge.execute(
                new Bridge(),
                new PrintWriter(out),
                new PrintWriter(err),
                "map",
                "--config",
                config.toString(),
                body.toString());

        assertThat(choice.path("value").toString()).isEqualTo("false");
        assertThat(choice.path("column_value").toString()).isEqualTo("true");
        // The cell is wrapped, because the key is long.
        assertThat(out.toString()).containsSubsequence("p: refused", "→ new_x =", "true");
    }

    @Test
    void bodyOfDynamicsIsReadWithoutARequestAroundIt() throws IOException {
        JsonNode event =
                new JsonMapper().readTree(EVENTS.resolve("dynamics-update.json").toFile());
        Path body = Files.writeString(
                folder.resolve("body.json"), "\uFEFF" + event.path("body").asText());

        JsonNode delivery = mapped(PUBLISHED, body);

        assertThat(choices(delivery)).isEqualTo("new_newsletter false 2026-10-05T09:00:00Z");
    }

    @Test
    void deliveryOfAnotherDidomiOrganizationIsIgnored() throws IOException {
        Path body = Files.writeString(folder.resolve("body.json"), """
                {"type": "event.created", "parameters": {"entity": {
                  "id": "e-1", "organization_id": "zenith", "created_at": "2026-10-05T09:00:00Z",
                  "user": {"id": "u-1", "organization_user_id": "ada@example.org"},
                  "consents": {"purposes": [{"id": "newsletter", "enabled": false}]}}}}""");

        JsonNode delivery = mapped(PUBLISHED, body);

        assertThat(choices(delivery)).isEmpty();
        assertThat(reasons(delivery)).contains("new_newsletter: another organization");
    }

    @Test
    void environmentOfADynamicsDeliveryIsNamed() throws IOException {
        JsonNode delivery = mapped(PUBLISHED, EVENTS.resolve("dynamics-update.json"));

        assertThat(delivery.path("organization_id").asText()).isEqualTo("0ba4c8e2-5d7f-4a19-8b36-7e1f9c3a5d08");
    }

    private Path config(String properties, String value) throws IOException {
        return Files.writeString(folder.resolve("integration.json"), """
                {"type_id": "microsoft-dynamics", "properties": {%s "organization_id": "acme"},
                 "mappings": [{"id": "new_x", "value": %s}]}""".formatted(properties, value));
    }

    @Test
    void deletionIsMappedByItsConsequence() throws IOException {
        Path withdrawing = config(
                "\"contact_key\": \"emailaddress1\", \"on_contact_deleted\": \"withdraw\",", "{\"purpose\": \"p\"}");

        JsonNode delivery = mapped(withdrawing, EVENTS.resolve("dynamics-delete.json"));

        assertThat(delivery.path("key").asText()).isEqualTo("renée@example.org");
        assertThat(reasons(delivery))
                .isEqualTo("new_x: the contact was deleted: on_contact_deleted decides what happens");
    }

    @Test
    void changeNamesWhoMadeItAsOnlyDataverseKnowsWhoTheBridgeIs() throws IOException {
        JsonNode delivery = mapped(PUBLISHED, EVENTS.resolve("dynamics-own-application-user.json"));

        assertThat(delivery.path("initiating_user").asText()).isEqualTo("a9d3c7e1-64b8-4f0e-9a27-3c5e8b1d7f04");
    }

    @Test
    void valueThatWasThereBeforeIsNoChoice() throws IOException {
        String image = "\"PreEntityImages\": [{\"key\": \"pre\", \"value\": {\"Attributes\": ["
                + "{\"key\": \"new_x\", \"value\": true}]}}]}";
        Path body = Files.writeString(
                folder.resolve("body.json"), body("true").strip().replaceFirst("}$", "," + image));

        JsonNode delivery = mapped(config("", "{\"purpose\": \"p\"}"), body);

        assertThat(reasons(delivery)).isEqualTo("new_x: the same as before the change");
    }

    @Test
    void undatedChangeIsNoChoice() throws IOException {
        Path body = Files.writeString(folder.resolve("body.json"), body("true").replace("modifiedon", "createdon"));

        JsonNode delivery = mapped(config("", "{\"purpose\": \"p\"}"), body);

        assertThat(reasons(delivery)).isEqualTo("new_x: the delivery contains no time: the row is read instead");
    }

    /** Each value is new in a column of its own, on a mapping of its own. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"purpose": "p"}                                        | true          | true              |
            {"purpose": "p"}                                        | "False"       |                   | column new_x is a text column, and a yes or no would overwrite its text: map a yes/no column, or add options for "true" and "false"
            {"purpose": "p"}                                        | 1             |                   | the value cannot be read without the column's metadata
            {"purpose": "p"}, "options": {"true": 1, "false": 2}    | {"Value": 2}  | false             |
            {"purpose": "p"}, "options": {"true": 1, "false": 2}    | true          |                   | column new_x is a yes/no column: remove options
            {"purpose": "p", "preference": "f"}                     | "b,a"         | "a,b"             |
            {"purpose": "p", "preference": "f"}                     | {"Value": 2}  |                   | the value cannot be read without the column's metadata
            {"purpose": "p", "preference": "f"}                     | [{"Value": 2}] |                  | the value cannot be read without the column's metadata
            {"purpose": "p", "preference": "f"}                     | "/Date(0)/"   |                   | the value cannot be read without the column's metadata
            {"purpose": "p", "preference": "f"}, "options": {"a": 1, "b": 2} | [{"Value": 2}, {"Value": 1}] | "a,b" |
            {"purpose": "p", "preference": "f"}, "options": {"a": 1, "b": 2} | {"Value": 9}  | {"unmapped":"9"} |
            {"purpose": "p", "preference": "f"}, "options": {"a": 1, "b": 2} | "a"   |                   | the value cannot be read without the column's metadata
            {"purpose": "p"}                                        | {"__type": "New:x", "Value": 1} | | a value of type New is unknown: the row is read instead
            {"purpose": "p"}                                        | ""            |                   | a cleared column is not a choice
            """)
    void valueIsReadAsFarAsTheMappingImpliesTheColumn(
            String value, String sent, @Nullable String read, @Nullable String reason) throws IOException {
        Path body = Files.writeString(folder.resolve("body.json"), body(sent));

        JsonNode delivery = mapped(config("", value), body);

        assertThat(choices(delivery)).isEqualTo(read == null ? "" : "new_x " + read + " 2026-10-05T09:00:00Z");
        assertThat(reasons(delivery)).isEqualTo(reason == null ? "" : "new_x: " + reason);
    }

    private static String body(String value) {
        return """
                {"MessageName": "Update", "PrimaryEntityName": "contact",
                 "PrimaryEntityId": "6f0c1f6e-8d2a-4d9b-9a51-1c5a3c1f0a01",
                 "InputParameters": [{"key": "Target", "value": {"Attributes": [
                   {"key": "new_x", "value": %s}, {"key": "modifiedon", "value": "/Date(1791190800000)/"}]}}]}
                """.formatted(value);
    }
}
