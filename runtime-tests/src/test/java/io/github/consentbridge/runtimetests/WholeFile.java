package io.github.consentbridge.runtimetests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is there whole or not at all: test classes run in several processes, and one must not read what another
 * is still writing.
 */
final class WholeFile {
    private WholeFile() {}

    /**
     * Writes the file, replacing one that is there.
     *
     * @param file its folder is made if it is not there
     */
    static void write(InputStream bytes, Path file) throws IOException {
        Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
        Path part = Files.createTempFile(folder, file.getFileName().toString(), ".part");
        Files.copy(bytes, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
