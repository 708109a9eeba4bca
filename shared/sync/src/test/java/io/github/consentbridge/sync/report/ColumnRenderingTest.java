package io.github.consentbridge.sync.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.document.IntegrationReader.Place;
import io.github.consentbridge.mapping.document.Mapping;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnRenderingTest {
    private static final Map<Integer, String> LABELS = Map.of(11, "Weekly");

    private static Mapping mapping(String members) {
        return IntegrationReader.read("""
                {"type_id": "microsoft-dynamics", "mappings": [{"id": "new_x", "value": %s}]}""".formatted(members).getBytes(UTF_8), Place.FILE)
                .mappings()
                .get(0);
    }

    private static ConsentValue value(Mapping mapping, String words) {
        return switch (words) {
            case "granted" -> ConsentValue.of(true);
            case "refused" -> ConsentValue.of(false);
            default ->
                words.startsWith("unmapped ")
                        ? new ConsentValue.Unmapped(mapping.column(), words.substring("unmapped ".length()))
                        : ConsentValue.ofSelection(words);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"purpose": "p"}                                                    | granted    | p: granted → new_x = true
            {"purpose": "p"}, "invert": true                                    | refused    | p: refused → new_x = true
            {"purpose": "p"}, "options": {"true": 11, "false": 12}              | granted    | p: granted → new_x = 11 (Weekly)
            {"purpose": "p"}, "options": {"true": 11, "false": 12}              | refused    | p: refused → new_x = 12
            {"purpose": "p"}, "options": {"true": 11, "false": 12}              | unmapped 7 | p: unmapped 7 → new_x = 7
            {"purpose": "p", "preference": "q"}, "options": {"w": 11, "m": 12}  | w          | p/q: w → new_x = 11 (Weekly)
            {"purpose": "p", "preference": "q"}, "options": {"w": 11, "m": 12}  | w,m        | p/q: m,w → new_x = 11,12
            {"purpose": "p", "preference": "q"}, "options": {"w": 11, "m": 12}  | d          | p/q: d → new_x is empty
            {"purpose": "p", "preference": "q"}                                 | w,m        | p/q: m,w → new_x = m,w
            {"purpose": "p", "channel": "sms"}                                  | refused    | p/sms: refused → new_x = false
            {"property": "country"}                                             | FR         | country: FR → new_x = FR
            """)
    void valueIsShownInBothTerms(String members, String value, String line) {
        Mapping mapping = mapping(members);

        assertThat(ColumnRendering.line(mapping, value(mapping, value), LABELS)).isEqualTo(line);
    }

    @Test
    void columnThatShowsNothingIsEmpty() {
        assertThat(ColumnRendering.line(mapping("{\"purpose\": \"p\"}"), null, LABELS))
                .isEqualTo("p: nothing → new_x is empty");
    }
}
