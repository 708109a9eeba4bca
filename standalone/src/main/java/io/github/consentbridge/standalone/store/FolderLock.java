package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.storage.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right of one process to a data folder: a lock on an empty file, which the operating system lifts when the process
 * ends, however it ends.
 */
final class FolderLock implements AutoCloseable {
    private static final String FILE = "bridge.lock";
    /** The folders that this process has: closing a second channel to a lock's file could release the lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Takes a folder; creates it if it does not exist.
     *
     * @throws FolderInUseException if another process has it
     * @throws StorageException if it cannot be created or used, or is open to others
     */
    static FolderLock take(Path folder) {
        FolderAccess.check(folder);
        try {
            make(folder);
            Path held = folder.toRealPath();
            if (!HELD.add(held)) {
                throw new FolderInUseException(folder);
            }
            return lock(held).orElseThrow(() -> new FolderInUseException(folder));
        } catch (IOException e) {
            throw FolderAccess.unusable(folder, e);
        }
    }

    private static Optional<FolderLock> lock(Path folder) throws IOException {
        @Nullable FileChannel channel = null;
        boolean locked = false;
        try {
            channel = FileChannel.open(
                    folder.resolve(FILE),
                    EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    OwnerOnly.newFileIn(folder));
            // Held as long as the channel is open; null if another process has it.
            locked = channel.tryLock() != null;
            return locked ? Optional.of(new FolderLock(folder, channel)) : Optional.empty();
        } finally {
            if (!locked) {
                HELD.remove(folder);
                if (channel != null) {
                    channel.close();
                }
            }
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
            throw StorageException.misplaced(
                    "the data folder " + folder + " is open to others: run chmod 700 " + folder, null);
        }
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageException("the data folder was not released; no data are lost", e);
        } finally {
            HELD.remove(folder);
        }
    }
}
