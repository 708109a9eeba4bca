package io.github.consentbridge.mapping.document;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.consentbridge.mapping.document.IntegrationReader.Place;
import io.github.consentbridge.mapping.json.ConfigurationException;
import io.github.consentbridge.mapping.json.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntegrationReaderRefusalTest {
    private static final String GOOD = """
            {"type_id": "microsoft-dynamics", "mappings": [{"id": "new_a", "value": {"purpose": "p"}}]}""";

    @ParameterizedTest
    @CsvFileSource(
            resources = "refused-mappings.csv",
            delimiter = '|',
            quoteCharacter = '`',
            useHeadersInDisplayName = true)
    void mappingIsRefused(String mappings, String pointer, String message) {
        String document = """
                {"type_id": "microsoft-dynamics", "properties": {"contact_key": "new_key"}, "mappings": [%s]}""".formatted(mappings.replace(" & ", ", "));

        List<Problem> problems = problems(document);

        assertThat(problems).containsExactly(new Problem(pointer, message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "organization_id": ""          | /properties/organization_id | must not be empty: write it, or leave the key out
            "organization_id": null        | /properties/organization_id | must be text, not null
            "contact_key": "EMail"         | /properties/contact_key | must be a column's logical name, which has lower-case letters, digits and _ only: look it up in the column's properties
            "key_case": "upper"            | /properties/key_case | must be one of exact, lower
            "regulation": "GDPR"           | /properties/regulation | must be Didomi's id, which is in lower case: for example "gdpr"
            "bidirectional": "yes"         | /properties/bidirectional | must be true or false, not text
            "bidirectionnal": true         | /properties/bidirectionnal | unknown key "bidirectionnal": remove it, or write "bidirectional", the closest known key
            "wins": "last"                 | /properties/wins | must be one of newest, didomi, dynamics
            "on_user_deleted": "withdraw"  | /properties/on_user_deleted | must be one of keep, clear
            "on_contact_deleted": "clear"  | /properties/on_contact_deleted | must be one of keep, withdraw
            "history_days": -1             | /properties/history_days | must be zero or more days, for example 1095
            "history_days": 0.5            | /properties/history_days | must be a whole number of days, not a number with decimals
            "silence_integrations": 1      | /properties/silence_integrations | must be true or false, not a whole number
            "didomi_source_ips": "any"     | /properties/didomi_source_ips | must be a list, not text
            "didomi_source_ips": ["api.didomi.io"] | /properties/didomi_source_ips/0 | must be an IP address or a range such as "203.0.113.0/24"
            "didomi_source_ips": ["203.0.113.7", 7] | /properties/didomi_source_ips/1 | must be an IP address or a range such as "203.0.113.0/24"
            "trusted_proxies": ["cdn.example.org"] | /properties/trusted_proxies/0 | must be an IP address or a range such as "203.0.113.0/24"
            "ignored_keys": "undefined"    | /properties/ignored_keys | must be a list, not text
            "ignored_keys": ["undefined", 0] | /properties/ignored_keys/1 | must be text, not a whole number
            "ignored_keys": [null]         | /properties/ignored_keys/0 | must be text, not null
            "max_change_ratio": 1.01       | /properties/max_change_ratio | must be between 0 and 1, for example 0.2
            "max_change_ratio": -0.1       | /properties/max_change_ratio | must be between 0 and 1, for example 0.2
            "max_change_ratio": 1e400      | /properties/max_change_ratio | must be between 0 and 1, for example 0.2
            "max_change_ratio": "0.2"      | /properties/max_change_ratio | must be a number, not text""")
    void propertyIsRefused(String property, String pointer, String message) {
        List<Problem> problems =
                problems(GOOD.replace("\"mappings\"", "\"properties\": {" + property + "}, \"mappings\""));

        assertThat(problems).containsExactly(new Problem(pointer, message));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"mappings": [{"id": "new_a", "value": {"purpose": "p"}}]}                          | /type_id  | is required and must be "microsoft-dynamics"
            {"type_id": "hubspot", "mappings": [{"id": "new_a", "value": {"purpose": "p"}}]}    | /type_id  | is required and must be "microsoft-dynamics"
            {"type_id": "microsoft-dynamics"}                                                   | /mappings | must map at least one column: add {"id": …, "value": …}
            {"type_id": "microsoft-dynamics", "mappings": []}                                   | /mappings | must map at least one column: add {"id": …, "value": …}
            {"type_id": "microsoft-dynamics", "mappings": {}}                                   | /mappings | must be a list, not an object
            []                                                                                  | ``        | must be an object, not a list: write { … }
            ``                                                                                  | ``        | the document is empty: write a JSON object
            {"type_id": "secret" "x"}                                                           | ``        | this is not JSON: correct it at line 1, column 22
            {} {}                                                                               | ``        | there is text after the end of the document at line 1, column 4: remove it
            {"type_id": tru}                                                                    | ``        | this is not JSON: correct it at line 1, column 13
            {"type_id": "x"                                                                     | ``        | this is not JSON: correct it at line 1, column 16""")
    void documentIsRefused(String document, String pointer, String message) {
        assertThat(problems(document)).containsExactly(new Problem(pointer, message));
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        String document = """
                {"type_id": "hubspot", "upsert": true,
                 "properties": {"wins": "nobody", "wins": "no one", "key_case": 1},
                 "mappings": [{"id": "New", "value": 1},
                              {"id": "new_a", "value": "consents_purposes_a_enabled", "invert": 0},
                              {"id": "new_a", "value": "none"}]}""";

        List<Problem> problems = problems(document);

        assertThat(problems)
                .extracting(Problem::pointer)
                .containsExactlyInAnyOrder(
                        "/type_id",
                        "/upsert",
                        "/properties/wins",
                        "/properties/wins",
                        "/properties/key_case",
                        "/mappings/0/id",
                        "/mappings/0/value",
                        "/mappings/1/invert",
                        "/mappings/2/id",
                        "/mappings/2/value");
    }

    @Test
    void messageListsEveryProblemWithItsPointer() {
        ConfigurationException refused = refused("{\"type_id\": 7}", Place.FILE);

        assertThat(refused)
                .hasMessage("/type_id: must be text, not a whole number\n"
                        + "/mappings: must map at least one column: add {\"id\": …, \"value\": …}");
    }

    @Test
    void repeatedKeyIsRefused() {
        List<Problem> problems = problems("""
                {"type_id": "microsoft-dynamics",
                 "mappings": [{"id": "new_a", "value": {"purpose": "p"}, "id": "new_a"}]}""");

        assertThat(problems)
                .containsExactly(new Problem(
                        "/mappings/0/id",
                        "this key occurs twice in its object, the second time at line 2, column 58: keep one"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"authentication", "microsoft-dynamics", "didomi", "webhooks", "log_key"})
    void credentialsAreRefusedInTheFile(String block) {
        List<Problem> problems = problems(GOOD.replace("{\"type_id\"", "{\"" + block + "\": {}, \"type_id\""));

        assertThat(problems)
                .containsExactly(new Problem(
                        "/" + block,
                        "\"%s\" belongs in the secret: move it there and remove it from this file".formatted(block)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"authentication\": {\"client_secret\": \"hunter2\", \"client_secret\": \"hunter2\"}}",
                "{\"authentication\": \"hunter2\", \"type_id\": \"hunter2\", \"mappings\": \"hunter2\"}",
                "{\"authentication\": {\"client_secret\": \"hunter2\" \"hunter2\"}}",
                "{\"authentication\": {\"client_secret\": hunter2}}",
                "{\"authentication\": {\"client_secret\": \"hunter2",
                "{\"authentication\": {}, \"properties\": {\"wins\": \"hunter2\", \"contact_key\": \"Hunter2\"}}"
            })
    void secretIsNeverShown(String document) {
        for (Place place : Place.values()) {
            assertThat(refused(document, place).toString()).doesNotContainIgnoringCase("hunter2");
            assertThat(refused(document, place)).hasNoCause();
        }
    }

    @Test
    void byteOrderMarkIsSkipped() {
        assertThatCode(() -> IntegrationReader.read(("\uFEFF" + GOOD).getBytes(UTF_8), Place.FILE))
                .doesNotThrowAnyException();
        assertThatCode(() -> IntegrationReader.read(GOOD.getBytes(UTF_16), Place.FILE))
                .doesNotThrowAnyException();
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] json = GOOD.getBytes(UTF_8);
        json[3] = (byte) 0xFF;

        ConfigurationException refused =
                catchThrowableOfType(ConfigurationException.class, () -> IntegrationReader.read(json, Place.FILE));

        assertThat(refused.problems()).hasSize(1);
    }

    @Test
    void deepNestingIsRefused() {
        ConfigurationException refused = refused("[".repeat(100_000), Place.SECRET);

        assertThat(refused.problems())
                .extracting(Problem::message)
                .first()
                .asString()
                .startsWith("this is not JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"new_a\", \"value\": {\"preference\": \"p\"}, \"options\": {\"a\": 1, \"b\": 1}}",
                "{\"id\": \"new_a\", \"value\": {\"preference\": \"p\"}, \"options\": {\"true\": 1, \"false\": 2}}",
                "{\"id\": \"new_a\", \"value\": {\"property\": \"country\"}, \"options\": {\"FR\": 1, \"BE\": 1}}",
                "{\"id\": \"new_a\", \"value\": {\"purpose\": \"p\"}}, {\"id\": \"new_b\", \"value\": {\"purpose\": \"p\"},"
                        + " \"wins\": \"didomi\", \"regulation\": \"cpra\"}",
                "{\"id\": \"new_a\", \"value\": {\"preference\": \"p\"}},"
                        + " {\"id\": \"new_b\", \"value\": {\"purpose\": \"x\", \"preference\": \"p\"}}",
                "{\"id\": \"new_a\", \"value\": {\"purpose\": \"p\"}, \"direction\": \"both\"}"
            })
    void validMappingsSimilarToRefusedOnesAreAccepted(String mappings) {
        String document = "{\"type_id\": \"microsoft-dynamics\", \"mappings\": [%s]}".formatted(mappings);

        assertThatCode(() -> IntegrationReader.read(document.getBytes(UTF_8), Place.FILE))
                .doesNotThrowAnyException();
    }

    private static List<Problem> problems(String document) {
        return refused(document, Place.FILE).problems();
    }

    private static ConfigurationException refused(String document, Place place) {
        return catchThrowableOfType(
                ConfigurationException.class, () -> IntegrationReader.read(document.getBytes(UTF_8), place));
    }
}
