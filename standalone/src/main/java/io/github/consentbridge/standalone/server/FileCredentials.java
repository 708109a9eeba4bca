package io.github.consentbridge.standalone.server;

import io.github.consentbridge.credentials.BridgeSecret;
import io.github.consentbridge.credentials.Credentials;
import io.github.consentbridge.credentials.CredentialsException;
import io.github.consentbridge.credentials.SecretReader;
import io.github.consentbridge.mapping.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The secret in a file that only its owner may read. Read again when it is five minutes old, or when asked to. */
public final class FileCredentials implements Credentials {
    private static final Duration LONGEST_AGE = Duration.ofMinutes(5);

    /** Somebody who guesses keys must not make us read the file for each of them. */
    private static final Duration LEAST_AGE = Duration.ofSeconds(2);

    private static final long MOST_BYTES = 1 << 20;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final Path file;
    private final Clock clock;
    private @Nullable BridgeSecret read;
    private Instant readAt = Instant.MIN;

    public FileCredentials(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public synchronized BridgeSecret current() {
        return youngerThan(LONGEST_AGE);
    }

    @Override
    public synchronized BridgeSecret refreshed() {
        return youngerThan(LEAST_AGE);
    }

    private BridgeSecret youngerThan(Duration age) {
        @Nullable BridgeSecret known = read;
        if (known != null && clock.instant().isBefore(readAt.plus(age))) {
            return known;
        }
        BridgeSecret now = parse();
        read = now;
        readAt = clock.instant();
        return now;
    }

    private BridgeSecret parse() {
        try {
            return SecretReader.read(bytes(file));
        } catch (ConfigurationException e) {
            throw new CredentialsException("the secrets file " + file + " cannot be used:\n" + e.getMessage(), e);
        }
    }

    /**
     * The content of a file that holds secrets.
     *
     * @throws CredentialsException if it is not there, or others than its owner may read it
     */
    static byte[] bytes(Path file) {
        try {
            refuseOpenToOthers(file);
            if (Files.size(file) > MOST_BYTES) {
                throw new CredentialsException(
                        "the secrets file " + file + " is larger than 1 MiB: name the right file");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new CredentialsException("there is no secrets file " + file + ": name it with --secrets", e);
        } catch (IOException e) {
            throw new CredentialsException("the secrets file " + file + " cannot be read: check its owner", e);
        }
    }

    private static void refuseOpenToOthers(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        Set<PosixFilePermission> others = EnumSet.copyOf(OTHERS);
        others.retainAll(Files.getPosixFilePermissions(file));
        if (!others.isEmpty()) {
            throw new CredentialsException(
                    "the secrets file " + file + " can be read by others: run chmod 600 " + file);
        }
    }
}
