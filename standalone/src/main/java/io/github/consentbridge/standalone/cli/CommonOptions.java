package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.document.IntegrationReader.Place;
import io.github.consentbridge.mapping.json.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the documents and the data are; the same options on every command, which ignores those it does not need. */
public final class CommonOptions {
    private static final long MAX_BYTES = 1 << 20;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "config/integration.json",
            description = "the integration document (${DEFAULT-VALUE})")
    Path config;

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            defaultValue = "secrets.json",
            description = "the secret, readable by its owner only (${DEFAULT-VALUE})")
    Path secrets;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "what the bridge remembers (data, or where BRIDGE_LEDGER_TABLE is set, the stack on AWS)")
    @Nullable
    Path data;

    /** The data folder. */
    Path data() {
        return data == null ? Path.of("data") : data;
    }

    /**
     * Reads the integration document. It may be the secret itself: then it may hold credentials.
     *
     * @throws ConfigurationException with everything that is wrong with it
     * @throws UsageException if it is not there
     */
    public Integration integration() {
        try {
            if (Files.size(config) > MAX_BYTES) {
                throw new UsageException(config + " is larger than 1 MiB: name the right file with --config");
            }
            byte[] json = Files.readAllBytes(config);
            return IntegrationReader.read(json, isSecret() ? Place.SECRET : Place.FILE);
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no integration document " + config + ": name it with --config", e);
        } catch (IOException e) {
            throw new UsageException("the integration document " + config + " cannot be read: check its owner", e);
        } catch (ConfigurationException e) {
            throw new UsageException(config + " cannot be used:\n" + String.join("\n", List.of(e.getMessage())), e);
        }
    }

    private boolean isSecret() throws IOException {
        return Files.exists(secrets) && Files.isSameFile(config, secrets);
    }
}
