package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import io.github.consentbridge.standalone.host.FileCredentials;
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
final class StartChecks {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final List<String> problems = new ArrayList<>();

    /** Reports a wrong option. */
    void require(boolean right, String otherwise) {
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
    <T> Optional<T> read(Supplier<T> setting) {
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

    /** Reads the document, and checks the secret for what this document needs. */
    Optional<Integration> documents(CommonOptions options) {
        Optional<Integration> integration = read(options::integration);
        SecretNeeds needs = integration.map(SecretNeeds::of).orElseGet(() -> needsOfInvalid(options.config));
        read(() -> {
            FileCredentials.check(options.secrets, needs);
            return options.secrets;
        });
        return integration;
    }

    private static SecretNeeds needsOfInvalid(Path document) {
        try {
            boolean tooLarge = Files.size(document) > CommonOptions.MAX_BYTES;
            return SecretNeeds.ofInvalid(tooLarge ? MissingNode.getInstance() : MAPPER.readTree(document.toFile()));
        } catch (IOException e) {
            // Reported as a problem of the document; nothing is known of what it leaves to the secret.
            return SecretNeeds.ofInvalid(MissingNode.getInstance());
        }
    }

    /**
     * Ends the checks.
     *
     * @throws UsageException with everything that was reported
     */
    void end() {
        if (!problems.isEmpty()) {
            throw new UsageException(String.join("\n", problems));
        }
    }
}
