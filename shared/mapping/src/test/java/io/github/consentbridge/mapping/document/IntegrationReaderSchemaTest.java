package io.github.consentbridge.mapping.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IntegrationReaderSchemaTest {
    @ParameterizedTest
    @MethodSource("objects")
    void schemaListsExactlyTheKeysThatAreRead(String pointer, Set<String> keys) throws IOException {
        JsonNode object = schema().at(pointer);

        assertThat(names(object.path("properties"))).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(object.path("additionalProperties").toString()).isEqualTo("false");
    }

    static List<Arguments> objects() {
        return List.of(
                Arguments.of("", IntegrationReader.KEYS),
                Arguments.of("/properties/properties", IntegrationReader.PROPERTY_KEYS),
                Arguments.of("/$defs/mapping", MappingReader.KEYS),
                Arguments.of("/$defs/value", MappingReader.VALUE_KEYS));
    }

    @ParameterizedTest
    @MethodSource("words")
    void schemaListsExactlyTheWordsThatAreRead(String pointer, Class<? extends Enum<?>> type) throws IOException {
        List<String> words = new ArrayList<>();
        schema().at(pointer)
                .path("enum")
                .forEach(word -> words.add(word.textValue().toUpperCase(Locale.ROOT)));

        assertThat(words)
                .containsExactlyElementsOf(
                        Arrays.stream(type.getEnumConstants()).map(Enum::name).toList());
    }

    static List<Arguments> words() {
        return List.of(
                Arguments.of("/properties/properties/properties/key_case", KeyCase.class),
                Arguments.of("/properties/properties/properties/on_user_deleted", Integration.OnUserDeleted.class),
                Arguments.of(
                        "/properties/properties/properties/on_contact_deleted", Integration.OnContactDeleted.class),
                Arguments.of("/$defs/wins", Wins.class),
                Arguments.of("/$defs/mapping/properties/direction", Direction.class));
    }

    private static JsonNode schema() throws IOException {
        return new JsonMapper()
                .readTree(Path.of("../../config/integration.schema.json").toFile());
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
