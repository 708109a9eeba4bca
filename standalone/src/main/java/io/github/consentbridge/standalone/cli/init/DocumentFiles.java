package io.github.consentbridge.standalone.cli.init;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.consentbridge.standalone.cli.UsageException;
import io.github.consentbridge.standalone.store.OwnerOnly;
import io.github.consentbridge.sync.setup.NewDocuments;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The two files of a bridge. Both are written whole or not at all: each is complete beside its place before it takes it. */
final class DocumentFiles {
    private final Path config;
    private final Path secrets;

    DocumentFiles(Path config, Path secrets) {
        this.config = config;
        this.secrets = secrets;
    }

    /** Throws a {@link UsageException} if they cannot be written, before anything is asked. */
    void check() {
        if (config.toAbsolutePath().normalize().equals(secrets.toAbsolutePath().normalize())) {
            throw new UsageException("init writes two files: give --config and --secrets different names");
        }
        check(config, "--config");
        check(secrets, "--secrets");
    }

    private static void check(Path file, String option) {
        if (Files.isDirectory(file)) {
            throw new UsageException(file + " is a folder: name a file with " + option);
        }
        Path folder = folder(file);
        while (folder.getParent() != null && Files.notExists(folder)) {
            folder = folder.getParent();
        }
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new UsageException(file + " cannot be written: check that " + folder
                    + " is a folder, its owner and its mode, or name another file with " + option);
        }
    }

    /** Those that would be overwritten. */
    List<Path> existing() {
        return Stream.of(config, secrets).filter(Files::exists).toList();
    }

    /**
     * Writes both; the secret can be read by its owner only.
     *
     * @throws UsageException if they cannot be written; then both places are as before
     */
    void write(NewDocuments documents) {
        List<Path> staged = new ArrayList<>();
        try {
            staged.add(staged(config, documents.integration().getBytes(UTF_8)));
            openToReaders(staged.get(0));
            staged.add(staged(secrets, documents.secret().value().getBytes(UTF_8)));
            publish(staged.get(0), staged.get(1));
        } catch (IOException e) {
            staged.forEach(file -> file.toFile().delete());
            throw new UsageException(
                    "nothing was written, because " + config + " and " + secrets
                            + " cannot both be written: check the disk, and the owner and mode of their folders",
                    e);
        }
    }

    private void publish(Path newConfig, Path newSecrets) throws IOException {
        byte[] former = Files.exists(config) ? Files.readAllBytes(config) : new byte[0];
        boolean existed = Files.exists(config);
        replace(newConfig, config);
        try {
            replace(newSecrets, secrets);
        } catch (IOException e) {
            if (existed) {
                Path old = staged(config, former);
                openToReaders(old);
                replace(old, config);
            } else {
                Files.deleteIfExists(config);
            }
            throw e;
        }
    }

    /** A complete file beside its place, for its owner only. It goes when the process ends, also by Ctrl-C. */
    private static Path staged(Path file, byte[] content) throws IOException {
        Path folder = Files.createDirectories(folder(file));
        Path staged = Files.createTempFile(folder, ".bridge-init-", ".tmp", OwnerOnly.newFileIn(folder));
        staged.toFile().deleteOnExit();
        try (FileChannel channel = FileChannel.open(staged, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return staged;
    }

    private static void openToReaders(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    /** A link stays a link. */
    private static void replace(Path staged, Path file) throws IOException {
        Files.move(staged, Files.exists(file) ? file.toRealPath() : file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path folder(Path file) {
        Path absolute = file.toAbsolutePath();
        return Objects.requireNonNullElse(absolute.getParent(), absolute);
    }
}
