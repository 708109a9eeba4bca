package io.github.consentbridge.aws;

import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.document.IntegrationReader.Place;
import io.github.consentbridge.mapping.json.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** The integration document of a deployment: in a layer, unless the environment names another file. */
public final class IntegrationFile {
    private static final String INTEGRATION = "BRIDGE_INTEGRATION";

    private IntegrationFile() {}

    /** Throws a {@link ConfigurationException} with all problems, or an {@link IllegalArgumentException} without a file. */
    public static Integration read(Map<String, String> environment) {
        Path file = Path.of(environment.getOrDefault(INTEGRATION, "/opt/integration.json"));
        try {
            return IntegrationReader.read(Files.readAllBytes(file), Place.FILE);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "there is no integration document " + file + ": name it in " + INTEGRATION, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the integration document " + file + " cannot be read", e);
        }
    }
}
