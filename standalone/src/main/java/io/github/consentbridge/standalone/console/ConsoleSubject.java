package io.github.consentbridge.standalone.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.doctor.Check;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.operations.Operations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The bridge that a console works on. What fails throws a {@link io.github.consentbridge.mapping.failure.BridgeException}, whose
 * sentence the page shows. Safe for use by several threads.
 */
public interface ConsoleSubject extends AutoCloseable {
    /** Names the stores: a data folder, or the stack. */
    String name();

    Integration integration();

    Credentials credentials();

    /** The clients of both systems. */
    Connections connections();

    /** Whether nothing has been stored yet. */
    boolean isNew();

    /**
     * Works on the stores.
     *
     * @throws io.github.consentbridge.sync.storage.StorageException if they cannot be used
     */
    <T> T onStores(Function<Operations, T> work);

    /** What {@code GET /health} answers; empty if no bridge runs. */
    Optional<JsonNode> health();

    /** How old the health that is shown may be: where asking costs money, longer. */
    Duration healthAge();

    /**
     * What has been counted, as {@code GET /api/activity} answers it.
     *
     * @param minutes how far back
     */
    JsonNode activity(int minutes);

    /** The integration document; empty if it is the secret too, and must not be shown. */
    Optional<String> document();

    /** Makes all checks of {@code doctor}. */
    List<Check> checks();

    /** Takes the failures of requests. */
    OutcomeLog outcomeLog();

    /** Called every second: frees what has not been used for a while. */
    default void idle() {}

    @Override
    void close();
}
