package io.github.consentbridge.standalone.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.connectors.http.ServiceUrl;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.document.IntegrationReader.Place;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.standalone.BridgeProcess;
import io.github.consentbridge.standalone.operator.OperatorPlaces;
import io.github.consentbridge.sync.connections.Endpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with a document, the secret and the data of a bridge between simulated systems. */
record TestPlaces(Path folder, String text, Simulators simulators) implements OperatorPlaces {
    static final String DOCUMENT = """
            {"type_id": "microsoft-dynamics",
             "properties": {"contact_key": "emailaddress1", "key_case": "lower", "bidirectional": true},
             "mappings": [
               {"id": "new_newsletter", "value": {"purpose": "newsletter"}},
               {"id": "donotbulkemail", "value": {"purpose": "marketing"}, "invert": true}]}
            """;

    static TestPlaces in(Path folder, Simulators simulators) throws IOException {
        TestPlaces places = new TestPlaces(folder, DOCUMENT, simulators);
        Files.writeString(places.config(), DOCUMENT);
        BridgeProcess.writeSecret(places.secrets(), BridgeProcess.secrets(simulators));
        return places;
    }

    @Override
    public Path config() {
        return folder.resolve("integration.json");
    }

    @Override
    public Path secrets() {
        return folder.resolve("secrets.json");
    }

    @Override
    public Path data() {
        return folder.resolve("data");
    }

    @Override
    public boolean namesData() {
        return true;
    }

    @Override
    public Integration integration() {
        return IntegrationReader.read(document(), Place.FILE);
    }

    @Override
    public byte[] document() {
        return text.getBytes(UTF_8);
    }

    @Override
    public boolean isSecret() {
        return false;
    }

    @Override
    public Endpoints endpoints() {
        return new Endpoints(
                ServiceUrl.parse("DIDOMI_API_URL", simulators.didomi().url().toString()),
                ServiceUrl.parse("ENTRA_LOGIN_URL", simulators.entra().url().toString()));
    }
}
