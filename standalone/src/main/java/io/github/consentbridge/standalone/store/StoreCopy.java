package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A consistent copy of a store, as it stood at one moment, while its process goes on storing.
 *
 * @see <a href="https://www.sqlite.org/lang_vacuum.html#vacuuminto">SQLite: VACUUM INTO</a>
 */
public final class StoreCopy {
    private StoreCopy() {}

    /**
     * Copies the store of a data folder to a file, readable by its owner only. The file is on disk when this returns;
     * if it fails, there is no file.
     *
     * @param file must not exist, in a folder that does
     * @return its size in bytes
     * @throws StorageException if the store or the file cannot be used; the message says what to do
     */
    public static long write(Path folder, Path file) {
        if (Files.exists(file)) {
            throw StorageException.misplaced(file + " exists: name a new file, so that no backup is lost", null);
        }
        Path target = file.toAbsolutePath().normalize().getParent();
        if (target != null && !Files.isDirectory(target)) {
            throw StorageException.misplaced(
                    "there is no folder " + target + ": create it, or name another file", null);
        }
        StoreFile source = StoreFile.existing(folder);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(draft);
            Path parent = file.toAbsolutePath().getParent();
            Files.createFile(draft, OwnerOnly.newFileIn(parent == null ? file : parent));
            copy(source, draft);
            try (FileChannel copied = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                copied.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            return Files.size(file);
        } catch (IOException e) {
            throw new StorageException(
                    "the backup " + file + " cannot be written: check its folder's owner and mode, and the disk", e);
        }
    }

    private static void copy(StoreFile source, Path draft) throws IOException {
        try (Connection connection = source.reader();
                PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, draft.toAbsolutePath().toString());
            statement.execute();
        } catch (SQLException e) {
            Files.deleteIfExists(draft);
            throw StoreFailure.copying(draft, e);
        }
    }
}
