package io.github.consentbridge.standalone.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Files and folders that nobody but their owner may read. Where the file system has no POSIX modes nothing is asked. */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OTHERS =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.copyOf(FOLDER)));

    private OwnerOnly() {}

    /** With what a new file in this folder is created, so that others cannot read it for a moment either. */
    public static FileAttribute<?>[] newFileIn(Path folder) throws IOException {
        return attributes(folder, FILE);
    }

    static FileAttribute<?>[] newFolderIn(Path folder) throws IOException {
        return attributes(folder, FOLDER);
    }

    private static FileAttribute<?>[] attributes(Path folder, Set<PosixFilePermission> mode) throws IOException {
        return isPosix(folder)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
                : new FileAttribute<?>[0];
    }

    /** Whether somebody else may do anything with it. */
    public static boolean isOpenToOthers(Path path) throws IOException {
        return isPosix(path) && !Collections.disjoint(OTHERS, Files.getPosixFilePermissions(path));
    }

    /** Takes a file from everybody else. */
    static void close(Path file) throws IOException {
        if (isPosix(file)) {
            Files.setPosixFilePermissions(file, FILE);
        }
    }

    static boolean isPosix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }
}
