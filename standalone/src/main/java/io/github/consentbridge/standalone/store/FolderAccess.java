package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.storage.StorageException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether this user may use a data folder. Also the superuser may not use that of another user: the files that it would add
 * could not be used by the owner any more.
 */
final class FolderAccess {
    private static final Path THIS_PROCESS = Path.of("/proc/self");

    private FolderAccess() {}

    /**
     * Returns if the folder can be used, or there is none yet.
     *
     * @throws StorageException with the sentence that says what to do
     */
    static void check(Path folder) {
        if (!Files.exists(folder)) {
            if (!Files.notExists(folder)) {
                throw refused(folder, hidden(folder));
            }
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw refused(folder, "is a file and cannot be created or written as a folder: choose another --data");
        }
        try {
            refuseOthers(folder);
        } catch (IOException e) {
            throw StorageException.misplaced(
                    "the data folder " + folder + " cannot be looked into: check its owner and mode", e);
        }
        if (!Files.isReadable(folder) || !Files.isWritable(folder) || !Files.isExecutable(folder)) {
            throw refused(folder, "cannot be used by this user: run chmod 700 " + folder);
        }
    }

    private static String hidden(Path folder) {
        @Nullable Path above = folder.toAbsolutePath().normalize();
        while (above != null && !Files.exists(above)) {
            above = above.getParent();
        }
        return above == null || Files.isDirectory(above)
                ? "cannot be looked into: run the command as the folder's owner"
                : "cannot be created or written, because " + above + " is a file: choose another --data";
    }

    private static void refuseOthers(Path folder) throws IOException {
        if (!OwnerOnly.isPosix(folder)) {
            return;
        }
        UserPrincipal owner = Files.getOwner(folder);
        if (me(folder).filter(user -> !user.equals(owner)).isPresent()) {
            throw refused(
                    folder,
                    "belongs to another user, " + owner.getName() + ": run the command as that user, or choose another"
                            + " --data");
        }
    }

    /** In a container the user may have no name: then the process itself tells whose it is. Empty if nobody does. */
    private static Optional<UserPrincipal> me(Path folder) {
        try {
            return Optional.of(
                    Files.exists(THIS_PROCESS)
                            ? Files.getOwner(THIS_PROCESS)
                            : folder.getFileSystem()
                                    .getUserPrincipalLookupService()
                                    .lookupPrincipalByName(System.getProperty("user.name")));
        } catch (IOException e) {
            // Unknown to the system: the folder's mode decides alone.
            return Optional.empty();
        }
    }

    private static StorageException refused(Path folder, String why) {
        return StorageException.misplaced("the data folder " + folder + " " + why, null);
    }

    /** A folder or its lock that could not be made. Another place helps; more space on the disk may help. */
    static StorageException unusable(Path folder, IOException failure) {
        String sentence = "the data folder " + folder + " cannot be created or written: ";
        boolean space = failure instanceof FileSystemException file
                && String.valueOf(file.getReason()).contains("space");
        return space
                ? new StorageException(sentence + "the disk is full; make room", failure)
                : StorageException.misplaced(
                        sentence + "check that its parent is a folder in which this user may write, or choose another"
                                + " --data",
                        failure);
    }
}
