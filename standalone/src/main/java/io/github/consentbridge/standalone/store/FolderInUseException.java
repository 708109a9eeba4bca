package io.github.consentbridge.standalone.store;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import java.nio.file.Path;

/** Another process owns the data folder. */
public final class FolderInUseException extends BridgeException {
    private static final long serialVersionUID = 1L;

    FolderInUseException(Path folder) {
        super(
                ExitCode.USAGE,
                "another bridge is running on the data folder " + folder + ": stop it, or choose another --data");
    }
}
