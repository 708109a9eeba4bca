package io.github.consentbridge.mapping.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class DidomiPathParserTest {
    @ParameterizedTest
    @CsvFileSource(resources = "flattened-values.csv", delimiter = '|', useHeadersInDisplayName = true)
    void knownIdsDecideHowAStringIsParsed(String string, @Nullable String known, String key) {
        DidomiPathParser parser = new DidomiPathParser(known(known));

        DidomiPath path = parser.parse(string);

        assertThat(path.key()).isEqualTo(key);
    }

    @Test
    void repeatedWordIsRefusedWithTheObjectForms() {
        DidomiPathParser parser = new DidomiPathParser(KnownIds.NONE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> parser.parse("consents_purposes_a_preferences_b_preferences_c_enabled"))
                .withMessage("\"consents_purposes_a_preferences_b_preferences_c_enabled\" has several readings:"
                        + " replace it by one of"
                        + " {\"purpose\": \"a\", \"preference\": \"b_preferences_c\"},"
                        + " {\"purpose\": \"a_preferences_b\", \"preference\": \"c\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "consents_purposes_a_preferences_b_channel_c_channel_d_enabled",
                "consents_purposes_a_channel_b_preferences_c_enabled",
                "consents_purposes_a_preferences_preferences_b_enabled",
                "consents_preferences_a_channel_b_channel_c_enabled"
            })
    void repeatedOrMisplacedWordIsRefused(String string) {
        DidomiPathParser parser = new DidomiPathParser(known("purpose:other preference:another channel:third"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> parser.parse(string))
                .withMessageContaining("several readings");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "consents_purposes__enabled",
                "consents_purposes_enabled",
                "consents_purposes_newsletter",
                "purposes_newsletter_enabled",
                "consents_vendors_x_enabled",
                "Organization_User_Id"
            })
    void stringThatNamesNothingIsRefused(String string) {
        DidomiPathParser parser = new DidomiPathParser(KnownIds.NONE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> parser.parse(string))
                .withMessageContaining("write consents_purposes_<purpose>_enabled, {\"purpose\": \"<purpose>\"}");
    }

    @Test
    void suggestedObjectFormsAreJson() {
        DidomiPathParser parser = new DidomiPathParser(KnownIds.NONE);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> parser.parse("consents_preferences_a\"\\_channel_b_channel_c_enabled"))
                .withMessageContaining("{\"preference\": \"a\\\"\\\\\", \"channel\": \"b_channel_c\"}");
    }

    private static KnownIds known(@Nullable String keys) {
        List<DidomiPath> paths = keys == null
                ? List.of()
                : Arrays.stream(keys.split(" ", -1)).map(DidomiPath::ofKey).toList();
        return KnownIds.NONE.and(paths);
    }
}
