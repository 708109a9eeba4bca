package io.github.consentbridge.standalone.host;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.sync.credentials.SecretNeeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is checked before {@code run} listens. All checks are made before the first failure is reported, so that an operator
 * corrects everything at once. Only what is wrong on this machine keeps a bridge from starting: while a remote system is
 * down, deliveries are accepted and wait.
 */
public final class StartChecks {
    private static final long MAX_BYTES = 1 << 20;

    private static final JsonMapper MAPPER = new JsonMapper();

    private final List<String> problems = new ArrayList<>();

    /** Reports a wrong option. */
    public void require(boolean right, String otherwise) {
        if (!right) {
            problems.add(otherwise);
        }
    }

    /**
     * Reads a setting.
     *
     * @return empty if it cannot be used, which is reported
     * @throws BridgeException if it fails for another reason than the configuration
     */
    public <T> Optional<T> read(Supplier<T> setting) {
        try {
            return Optional.of(setting.get());
        } catch (BridgeException e) {
            if (e.exitCode() != ExitCode.USAGE) {
                throw e;
            }
            problems.add(e.sentence());
            return Optional.empty();
        }
    }

    /** The same for a setting that reports a mistake as an {@link IllegalArgumentException} with its sentence. */
    public <T> Optional<T> setting(Supplier<T> setting) {
        try {
            return Optional.of(setting.get());
        } catch (IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /**
     * Reads the document, and checks the secret for what this document needs.
     *
     * @param document reads the file {@code config}
     * @return the document; empty if it cannot be used, which is reported
     */
    public Optional<Integration> documents(Supplier<Integration> document, Path config, Path secrets) {
        Optional<Integration> integration = read(document);
        SecretNeeds needs = integration.map(SecretNeeds::of).orElseGet(() -> needsOfInvalid(config));
        read(() -> {
            FileCredentials.check(secrets, needs);
            return secrets;
        });
        return integration;
    }

    private static SecretNeeds needsOfInvalid(Path document) {
        try {
            boolean tooLarge = Files.size(document) > MAX_BYTES;
            return SecretNeeds.ofInvalid(tooLarge ? MissingNode.getInstance() : MAPPER.readTree(document.toFile()));
        } catch (IOException e) {
            // Reported as a problem of the document; nothing is known of what it leaves to the secret.
            return SecretNeeds.ofInvalid(MissingNode.getInstance());
        }
    }

    /**
     * Ends the checks.
     *
     * @throws BridgeException with everything that was reported, if anything was
     */
    public void end() {
        if (!problems.isEmpty()) {
            throw new BridgeException(ExitCode.USAGE, String.join("\n", problems));
        }
    }
}
