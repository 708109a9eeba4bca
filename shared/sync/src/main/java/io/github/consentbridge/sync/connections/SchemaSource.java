package io.github.consentbridge.sync.connections;

import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.document.Integration;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks Dataverse for the mapped columns once, and again after a while as long as a mapping does not fit. */
public final class SchemaSource {
    /** A corrected column is noticed without a restart. */
    private static final Duration RETRY_PROBLEMS = Duration.ofMinutes(10);

    /** A column that is refused in spite of fresh metadata must not make us ask for each delivery. */
    private static final Duration MIN_AGE = Duration.ofMinutes(1);

    /** A column of {@code $select} does not exist: it was there when the metadata were read. */
    private static final String NO_SUCH_COLUMN = "0x80041103";

    private final Integration integration;
    private final Connections connections;
    private final Clock clock;
    private @Nullable ContactSchema schema;
    private Instant askedAt = Instant.EPOCH;

    public SchemaSource(Integration integration, Connections connections, Clock clock) {
        this.integration = integration;
        this.connections = connections;
        this.clock = clock;
    }

    /** Whether a column that was asked for does not exist. */
    public static boolean lacksColumn(RemoteException failure) {
        return failure.code().equals(NO_SUCH_COLUMN);
    }

    /**
     * Forgets what was asked, if Dataverse no longer agrees with it.
     *
     * @return whether another try makes sense; not right after it was asked
     */
    public synchronized boolean forgetAfter(RemoteException failure) {
        if (!lacksColumn(failure) || clock.instant().isBefore(askedAt.plus(MIN_AGE))) {
            return false;
        }
        schema = null;
        return true;
    }

    public synchronized ContactSchema schema() {
        @Nullable ContactSchema known = schema;
        if (known != null && (known.problems().isEmpty() || clock.instant().isBefore(askedAt.plus(RETRY_PROBLEMS)))) {
            return known;
        }
        List<String> names = integration.mappings().stream()
                .map(mapping -> mapping.column().logicalName())
                .distinct()
                .toList();
        ContactSchema asked = ContactSchema.of(
                integration, connections.dataverse().columns(names).values());
        schema = asked;
        askedAt = clock.instant();
        return asked;
    }
}
