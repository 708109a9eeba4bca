package io.github.consentbridge.standalone.host;

import io.github.consentbridge.mapping.json.ConfigurationException;
import io.github.consentbridge.standalone.store.OwnerOnly;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.CachedCredentials;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.credentials.SecretReader;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;

/** The secret in a file that only its owner can read. It is read again after five minutes, or on request. */
public final class FileCredentials extends CachedCredentials {
    private static final long MAX_BYTES = 1 << 20;

    private final Path file;

    /** @param outcomeLog told when the file cannot be read again */
    public FileCredentials(Path file, Clock clock, OutcomeLog outcomeLog) {
        super(clock, () -> outcomeLog);
        this.file = file;
    }

    @Override
    protected BridgeSecret read() {
        try {
            return SecretReader.read(bytes(file));
        } catch (ConfigurationException e) {
            throw new CredentialsException(e.sentenceAbout("the secrets file " + file), e);
        }
    }

    /**
     * The content of a file that contains secrets.
     *
     * @throws CredentialsException if it is missing, or not only its owner can read it
     */
    static byte[] bytes(Path file) {
        if (Files.isDirectory(file)) {
            throw new CredentialsException("the secrets file " + file + " is a folder: name the secret with --secrets");
        }
        try {
            refuseOpenToOthers(file);
            if (Files.size(file) > MAX_BYTES) {
                throw new CredentialsException(
                        "the secrets file " + file + " is larger than 1 MiB: name the secret with --secrets");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new CredentialsException("there is no secrets file " + file + ": name it with --secrets", e);
        } catch (IOException e) {
            throw new CredentialsException("the secrets file " + file + " cannot be read: check its owner and mode", e);
        }
    }

    private static void refuseOpenToOthers(Path file) throws IOException {
        if (OwnerOnly.isOpenToOthers(file)) {
            throw new CredentialsException(
                    "the secrets file " + file + " can be read by others: run chmod 600 " + file);
        }
    }
}
