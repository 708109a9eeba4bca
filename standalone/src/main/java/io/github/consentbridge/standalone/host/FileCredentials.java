package io.github.consentbridge.standalone.host;

import io.github.consentbridge.mapping.json.ConfigurationException;
import io.github.consentbridge.standalone.store.OwnerOnly;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.CachedCredentials;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.credentials.SecretNeeds;
import io.github.consentbridge.sync.credentials.SecretReader;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The secret in a file that only its owner can read. It is read again after five minutes, or on request. */
public final class FileCredentials extends CachedCredentials {
    private static final long MAX_BYTES = 1 << 20;

    private final Path file;
    private final Function<byte[], BridgeSecret> reader;

    /** @param outcomeLog told when the file cannot be read again */
    public FileCredentials(Path file, Clock clock, OutcomeLog outcomeLog) {
        this(file, clock, outcomeLog, SecretReader::read);
    }

    private FileCredentials(Path file, Clock clock, OutcomeLog outcomeLog, Function<byte[], BridgeSecret> reader) {
        super(clock, () -> outcomeLog);
        this.file = file;
        this.reader = reader;
    }

    /** The secret of a process that serves webhooks: one that lacks a part is as unusable as one that cannot be read. */
    public static FileCredentials complete(Path file, Clock clock, OutcomeLog outcomeLog, SecretNeeds needs) {
        return new FileCredentials(file, clock, outcomeLog, json -> SecretReader.readComplete(json, needs));
    }

    /**
     * Checks the file and its content, and reports everything that is wrong with them at once.
     *
     * @throws CredentialsException with one line or more per problem
     */
    public static void check(Path file, SecretNeeds needs) {
        List<String> problems = new ArrayList<>();
        attempt(problems, () -> refuseOpenToOthers(file));
        attempt(problems, () -> parsed(file, content(file), json -> SecretReader.readComplete(json, needs)));
        if (!problems.isEmpty()) {
            throw new CredentialsException(String.join("\n", problems));
        }
    }

    private static void attempt(List<String> problems, Runnable check) {
        try {
            check.run();
        } catch (CredentialsException e) {
            // A file that cannot be read at all fails both checks alike.
            if (!problems.contains(e.sentence())) {
                problems.add(e.sentence());
            }
        }
    }

    @Override
    protected BridgeSecret read() {
        return parsed(file, bytes(file), reader);
    }

    private static BridgeSecret parsed(Path file, byte[] json, Function<byte[], BridgeSecret> reader) {
        try {
            return reader.apply(json);
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
        refuseOpenToOthers(file);
        return content(file);
    }

    private static byte[] content(Path file) {
        if (Files.isDirectory(file)) {
            throw new CredentialsException("the secrets file " + file + " is a folder: name the secret with --secrets");
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new CredentialsException(
                        "the secrets file " + file + " is larger than 1 MiB: name the secret with --secrets");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static void refuseOpenToOthers(Path file) {
        try {
            if (OwnerOnly.isOpenToOthers(file)) {
                throw new CredentialsException(
                        "the secrets file " + file + " can be read by others: run chmod 600 " + file);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static CredentialsException unreadable(Path file, IOException cause) {
        return cause instanceof NoSuchFileException
                ? new CredentialsException("there is no secrets file " + file + ": name it with --secrets", cause)
                : new CredentialsException(
                        "the secrets file " + file + " cannot be read: check its owner and mode", cause);
    }
}
