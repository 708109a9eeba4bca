package io.github.consentbridge.standalone.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where SQLite's native library is unpacked: in the data folder, whose owner removes what earlier processes left. In the
 * system's temporary folder a process that is killed leaves a megabyte behind each time. A place that the JVM options name
 * ({@code -Dorg.sqlite.tmpdir}) is used as it is.
 */
final class NativeLibrary {
    private static final String PLACE = "org.sqlite.tmpdir";
    private static final String FOLDER = "native";

    private static @Nullable String chosen;

    private NativeLibrary() {}

    /** Prepares the place in a folder of which this process has the lock; has no effect once the library is loaded. */
    static synchronized void unpackInto(Path data) throws IOException {
        if (isPrepared(System.getProperty(PLACE))) {
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
        chosen = folder.toAbsolutePath().toString();
        System.setProperty(PLACE, chosen);
    }

    /** A folder of an earlier store that was refused, and is gone, is not a place for the library. */
    private static boolean isPrepared(@Nullable String place) {
        return place != null && (!place.equals(chosen) || Files.isDirectory(Path.of(place)));
    }
}
