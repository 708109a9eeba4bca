package io.github.consentbridge.mapping.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.IntegrationReader.Place;
import io.github.consentbridge.mapping.json.Problem;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentCheckTest {
    private static Integration integration(String... mappings) {
        String document = """
                {"type_id": "microsoft-dynamics", "mappings": [%s]}""".formatted(String.join(",", mappings));
        return IntegrationReader.read(document.getBytes(UTF_8), Place.FILE);
    }

    private static String mapping(String column, String value, String more) {
        return "{\"id\": \"%s\", \"value\": {%s}%s}".formatted(column, value, more);
    }

    @Test
    void refusalColumnsNeedAnExplicitInvert() {
        String purpose = "\"purpose\": \"p\"";

        assertThat(DocumentCheck.problems(integration(
                        mapping("donotemail", purpose, ""),
                        mapping("donotphone", purpose, ", \"invert\": true"),
                        mapping("donotfax", purpose, ", \"invert\": false"),
                        mapping("new_donotemail", purpose, ""),
                        mapping("donotsendmm", "\"property\": \"metadata.x\"", ""))))
                .containsExactly(
                        new Problem(
                                "/mappings/0",
                                "column donotemail means refusal: add \"invert\": true, so that a grant is written as"
                                        + " no, or \"invert\": false if yes is to mean granted"),
                        new Problem(
                                "/mappings/4",
                                "column donotsendmm means refusal: add \"invert\": true, so that a grant is written as"
                                        + " no, or \"invert\": false if yes is to mean granted"));
    }

    @Test
    void allOfDataversesOwnRefusalColumnsAreKnown() {
        assertThat(DocumentCheck.REFUSAL_COLUMNS)
                .containsExactlyInAnyOrder(
                        "donotemail",
                        "donotbulkemail",
                        "donotphone",
                        "donotfax",
                        "donotpostalmail",
                        "donotbulkpostalmail",
                        "donotsendmm");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"purpose\": \"offers\"                              | -",
                "\"purpose\": \"ofers\"                               | Didomi does not list the purpose ofers: write one that it lists, perhaps offers (newsletter, offers)",
                "\"purpose\": \"offers\", \"preference\": \"topics\"  | -",
                "\"purpose\": \"offers\", \"preference\": \"topic\"   | Didomi does not list the preference topic: write one that it lists, perhaps topics (topics)",
                "\"preference\": \"topics\"                           | -",
                "\"channel\": \"sms\"                                 | -",
                "\"property\": \"country\"                            | -"
            })
    void idsAreComparedWithThoseThatDidomiLists(String value, String message) {
        KnownIds listed = new KnownIds(Set.of("newsletter", "offers"), Set.of("topics"), Set.of());

        assertThat(DocumentCheck.unlisted(integration(mapping("new_x", value, "")), listed))
                .isEqualTo(message.equals("-") ? List.of() : List.of(new Problem("/mappings/0/value", message)));
    }

    @Test
    void kindOfWhichDidomiListsNoneIsNotChecked() {
        Integration integration = integration(mapping("new_x", "\"purpose\": \"p\", \"preference\": \"q\"", ""));

        assertThat(DocumentCheck.unlisted(integration, KnownIds.NONE)).isEmpty();
        assertThat(DocumentCheck.unlisted(integration, new KnownIds(Set.of("p"), Set.of(), Set.of())))
                .isEmpty();
    }

    @Test
    void longListIsCut() {
        Set<String> many =
                IntStream.range(100, 130).mapToObj(number -> "p" + number).collect(Collectors.toSet());
        Integration integration = integration(mapping("new_x", "\"purpose\": \"q\"", ""));

        assertThat(DocumentCheck.unlisted(integration, new KnownIds(many, Set.of(), Set.of())))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("p100")
                .contains("p119, …)")
                .doesNotContain("p120");
    }
}
