package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.storage.StorageException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What a failure of SQLite means.
 *
 * @see <a href="https://www.sqlite.org/rescode.html">SQLite: result codes</a>
 */
final class StoreFailure {
    /** Extended codes carry their kind in the lowest byte. */
    private static final int KIND = 0xff;

    private StoreFailure() {}

    /** Whether the disk or the file is at fault, and not what was to be written: then nothing else can be written either. */
    static boolean concernsFile(@Nullable Throwable failure) {
        return failure instanceof SQLiteException sqlite
                && switch (kind(sqlite)) {
                    case SQLITE_FULL,
                            SQLITE_IOERR,
                            SQLITE_CANTOPEN,
                            SQLITE_READONLY,
                            SQLITE_CORRUPT,
                            SQLITE_NOTADB,
                            SQLITE_BUSY,
                            SQLITE_NOMEM -> true;
                    default -> false;
                };
    }

    /** For callers who wanted something written. */
    static StorageException writing(@Nullable Throwable failure) {
        return new StorageException("the data folder could not be written: " + reason(failure), failure);
    }

    static StorageException reading(SQLException failure) {
        return new StorageException("the data folder could not be read: " + reason(failure), failure);
    }

    static StorageException opening(Path file, SQLException failure) {
        return new StorageException("the file " + file + " cannot be opened: " + reason(failure), failure);
    }

    static StorageException copying(Path file, SQLException failure) {
        return new StorageException("the copy " + file + " could not be written: " + reason(failure), failure);
    }

    private static String reason(@Nullable Throwable failure) {
        if (failure != null && failure.getCause() instanceof NativeLibraryNotFoundException) {
            return "SQLite's library, which is unpacked into the data folder, cannot be loaded; if the folder is mounted noexec,"
                    + " name another one in JAVA_TOOL_OPTIONS=-Dorg.sqlite.tmpdir=FOLDER";
        }
        if (!(failure instanceof SQLiteException sqlite)) {
            return "check the disk";
        }
        return switch (kind(sqlite)) {
            case SQLITE_FULL -> "the disk is full; make room, the bridge goes on by itself";
            case SQLITE_CORRUPT, SQLITE_NOTADB -> "it is damaged; stop the bridge and restore it from a backup";
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM -> "check its owner and mode";
            default -> "check the disk (" + sqlite.getResultCode().name() + ")";
        };
    }

    private static SQLiteErrorCode kind(SQLiteException failure) {
        return SQLiteErrorCode.getErrorCode(failure.getResultCode().code & KIND);
    }
}
