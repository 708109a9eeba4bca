package io.github.consentbridge.sync.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.mapping.document.IntegrationReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema of the secret and the reader know the same keys. */
class SecretSchemaTest {
    @ParameterizedTest
    @MethodSource("objects")
    void schemaListsExactlyTheKeysThatAreRead(String pointer, Set<String> keys) throws IOException {
        JsonNode object = new JsonMapper()
                .readTree(Path.of("../../config/secrets.schema.json").toFile())
                .at(pointer);

        List<String> names = new ArrayList<>();
        object.path("properties").fieldNames().forEachRemaining(names::add);
        assertThat(names).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(object.path("additionalProperties").toString()).isEqualTo("false");
    }

    static List<Arguments> objects() {
        Set<String> all = new TreeSet<>(IntegrationReader.KEYS);
        all.addAll(IntegrationReader.SECRET_KEYS);
        return List.of(
                Arguments.of("", all),
                Arguments.of("/properties/didomi", SecretReader.DIDOMI_KEYS),
                Arguments.of("/$defs/dynamics", SecretReader.DYNAMICS_KEYS),
                Arguments.of("/properties/webhooks", SecretReader.WEBHOOKS),
                Arguments.of("/properties/webhooks/properties/didomi", SecretReader.DIDOMI_WEBHOOK_KEYS),
                Arguments.of("/properties/webhooks/properties/dynamics", SecretReader.DYNAMICS_WEBHOOK_KEYS));
    }
}
