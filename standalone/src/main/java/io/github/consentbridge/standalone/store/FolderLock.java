package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;

/**
 * The right of one process to a data folder: a lock on an empty file, which the operating system lifts when the process
 * ends, however it ends.
 */
final class FolderLock implements AutoCloseable {
    private static final String FILE = "bridge.lock";
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes a folder; creates it if it does not exist.
     *
     * @throws FolderInUseException if another process has it
     * @throws StorageException if it cannot be created or used, or is open to others
     */
    static FolderLock take(Path folder) {
        try {
            make(folder);
            FileChannel channel = FileChannel.open(
                    folder.resolve(FILE),
                    EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    OwnerOnly.newFileIn(folder));
            if (isLocked(channel)) {
                return new FolderLock(channel);
            }
            channel.close();
            throw new FolderInUseException(folder);
        } catch (IOException e) {
            throw new StorageException(
                    "the data folder " + folder
                            + " cannot be created or written: check its owner and mode, and the disk",
                    e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            // Held as long as the channel is open.
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static void make(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().normalize().getParent();
        if (!Files.isDirectory(folder)) {
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(folder, OwnerOnly.newFolderIn(parent == null ? folder : parent));
        } else if (OwnerOnly.isOpenToOthers(folder)) {
            throw new StorageException("the data folder " + folder + " is open to others: run chmod 700 " + folder);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageException("the data folder was not released; no data are lost", e);
        }
    }
}
