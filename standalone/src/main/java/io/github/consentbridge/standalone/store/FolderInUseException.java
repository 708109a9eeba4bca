package io.github.consentbridge.standalone.store;

import java.nio.file.Path;

/** Another process owns the data folder. */
public final class FolderInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FolderInUseException(Path folder) {
        super("another bridge is running on the data folder " + folder + ": stop it, or choose another --data");
    }
}
