package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.document.IntegrationReader.Place;
import io.github.consentbridge.mapping.json.ConfigurationException;
import io.github.consentbridge.standalone.operator.OperatorPlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of every command: where the documents and the data are; each can also be given by a variable of the
 * environment. A command ignores those it does not need.
 */
public final class CommonOptions implements OperatorPlaces {
    private static final long MAX_BYTES = 1 << 20;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:BRIDGE_CONFIG:-config/integration.json}",
            description = "the integration document; also BRIDGE_CONFIG (default: ${DEFAULT-VALUE})")
    Path config;

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            defaultValue = "${env:BRIDGE_SECRETS:-secrets.json}",
            description =
                    "the secret; only its owner may be able to read it; also BRIDGE_SECRETS (default: ${DEFAULT-VALUE})")
    Path secrets;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "${env:BRIDGE_DATA}",
            description =
                    "the data folder; also BRIDGE_DATA (default: data, or the stack on AWS if BRIDGE_LEDGER_TABLE is set)")
    @Nullable
    Path data;

    @Option(names = "--debug", description = "if the command fails, print the stack trace too")
    @SuppressWarnings("UnusedVariable") // Whoever prints a failure asks the parser for it.
    private boolean debug;

    @Override
    public Path data() {
        return data == null ? Path.of("data") : data;
    }

    @Override
    public boolean namesData() {
        return data != null;
    }

    @Override
    public Path config() {
        return config;
    }

    @Override
    public Path secrets() {
        return secrets;
    }

    /** The same places as the options of another command, which works on the data folder and not on a stack. */
    public List<String> words() {
        return List.of("--config", config.toString(), "--secrets", secrets.toString(), "--data", data().toString());
    }

    /**
     * Reads the integration document. If it is the secret too, it may contain credentials.
     *
     * @throws ConfigurationException with everything that is wrong with it
     * @throws UsageException if it is missing or cannot be read
     */
    @Override
    public Integration integration() {
        byte[] json = document();
        try {
            return IntegrationReader.read(json, isSecret() ? Place.SECRET : Place.FILE);
        } catch (ConfigurationException e) {
            throw new UsageException(e.sentenceAbout(config.toString()), e);
        }
    }

    @Override
    public byte[] document() {
        try {
            if (Files.isDirectory(config)) {
                throw new UsageException(config + " is a folder: name the integration document with --config");
            }
            if (Files.size(config) > MAX_BYTES) {
                throw new UsageException(config + " is larger than 1 MiB: name the integration document with --config");
            }
            return Files.readAllBytes(config);
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no integration document " + config + ": name it with --config", e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UsageException unreadable(IOException cause) {
        return new UsageException(
                "the integration document " + config + " cannot be read: check its owner and mode", cause);
    }

    @Override
    public boolean isSecret() {
        try {
            return Files.exists(secrets) && Files.isSameFile(config, secrets);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
