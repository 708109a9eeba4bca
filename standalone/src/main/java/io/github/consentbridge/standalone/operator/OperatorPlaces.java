package io.github.consentbridge.standalone.operator;

import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.sync.connections.Endpoints;
import java.nio.file.Path;

/** Where an operator's documents and data are. */
public interface OperatorPlaces {
    /** The file of the integration document. */
    Path config();

    /** The file of the secret. */
    Path secrets();

    /** The data folder; {@code data} unless another is named. */
    Path data();

    /** Whether a data folder is named: if not, the work may be on a stack. */
    boolean namesData();

    /**
     * Reads the integration document. If it is the secret too, it may contain credentials.
     *
     * @throws io.github.consentbridge.mapping.failure.BridgeException with everything that is wrong with it, or if it is
     *     missing or cannot be read
     */
    Integration integration();

    /**
     * The integration document as it is stored.
     *
     * @throws io.github.consentbridge.mapping.failure.BridgeException if it is missing, too large or cannot be read
     */
    byte[] document();

    /**
     * Whether the integration document is the secret too, and must not be shown.
     *
     * @throws io.github.consentbridge.mapping.failure.BridgeException if the files cannot be read
     */
    boolean isSecret();

    /**
     * The addresses of the other systems, as the environment gives them.
     *
     * @throws io.github.consentbridge.mapping.failure.BridgeException if one of them cannot be used
     */
    default Endpoints endpoints() {
        return OperatorHost.endpoints();
    }
}
