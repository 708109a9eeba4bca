package io.github.consentbridge.standalone.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where SQLite's native library is unpacked: in the data folder, whose owner removes what earlier processes left. In the
 * system's temporary folder a process that is killed leaves a megabyte behind each time. A place that the JVM options name
 * ({@code -Dorg.sqlite.tmpdir}) is used as it is.
 */
final class NativeLibrary {
    private static final String PLACE = "org.sqlite.tmpdir";
    private static final String FOLDER = "native";

    private NativeLibrary() {}

    /** Prepares the place in a folder of which this process has the lock; has no effect once the library is loaded. */
    static void unpackInto(Path data) throws IOException {
        if (System.getProperty(PLACE) != null) {
            return;
        }
        Path folder = data.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            Files.createDirectory(folder, OwnerOnly.newFolderIn(data));
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "sqlite-*")) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
        System.setProperty(PLACE, folder.toAbsolutePath().toString());
    }
}
