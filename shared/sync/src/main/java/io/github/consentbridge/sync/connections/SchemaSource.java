package io.github.consentbridge.sync.connections;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.document.DocumentCheck;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.KnownIds;
import io.github.consentbridge.mapping.json.Problem;
import io.github.consentbridge.sync.credentials.CredentialsException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks both systems for what the mappings need once, and again as long as a mapping must be refused. Nothing is written
 * without the schema, so this is where refused mappings stop every write. Safe for use by several threads.
 */
public final class SchemaSource {
    /** A column that is refused in spite of fresh metadata must not make us ask for each delivery. */
    private static final Duration MIN_AGE = Duration.ofMinutes(1);

    /** A purpose is checked if Didomi can be read. If not, its list is not asked for again for a while. */
    private static final Duration ASK_DIDOMI_AGAIN = Duration.ofMinutes(10);

    /** A slow list must not hold up what has to be done. */
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    /** A column of {@code $select} does not exist: it was there when the metadata were read. */
    private static final String NO_SUCH_COLUMN = "0x80041103";

    private final Integration integration;
    private final MappingCheck check;
    private final BooleanSupplier isDidomiPaused;
    private final Clock clock;
    private @Nullable ContactSchema schema;
    private @Nullable RefusedMappingsException refused;
    private Instant askedAt = Instant.EPOCH;
    private Instant askDidomiAt = Instant.EPOCH;

    /** @param isDidomiPaused whether Didomi must not be asked now */
    public SchemaSource(Integration integration, Connections connections, BooleanSupplier isDidomiPaused, Clock clock) {
        this.integration = integration;
        this.isDidomiPaused = isDidomiPaused;
        this.check = new MappingCheck(integration, connections);
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
        if (!lacksColumn(failure) || isFresh()) {
            return false;
        }
        schema = null;
        return true;
    }

    /**
     * Why nothing may be written at present, as far as it is known without asking; empty when it is time to ask again, as a
     * corrected column is noticed without a restart.
     */
    public synchronized Optional<RefusedMappingsException> refusal() {
        return Optional.ofNullable(refused).filter(known -> isFresh());
    }

    /**
     * The mappings fitted to the columns: all of them fit.
     *
     * @throws RefusedMappingsException if a mapping must be refused
     * @throws RemoteException if Dataverse cannot be read
     * @throws CredentialsException if the secret names no app registration
     */
    public synchronized ContactSchema schema() {
        refusal().ifPresent(known -> {
            throw new RefusedMappingsException(known.problems());
        });
        @Nullable ContactSchema known = schema;
        ContactSchema current = known == null ? asked() : known;
        List<Problem> unlisted = unlisted();
        if (!unlisted.isEmpty()) {
            throw refused(unlisted);
        }
        refused = null;
        schema = current;
        return current;
    }

    private ContactSchema asked() {
        List<Problem> problems = new ArrayList<>(DocumentCheck.problems(integration));
        ContactSchema asked = check.schema();
        askedAt = clock.instant();
        problems.addAll(asked.problems());
        if (!problems.isEmpty()) {
            throw refused(problems);
        }
        return asked;
    }

    /** Keeps why, so that the next deliveries cost no request. */
    private RefusedMappingsException refused(List<Problem> problems) {
        RefusedMappingsException refusal = new RefusedMappingsException(problems);
        refused = refusal;
        schema = null;
        askedAt = clock.instant();
        askDidomiAt = Instant.EPOCH;
        return refusal;
    }

    private boolean isFresh() {
        return clock.instant().isBefore(askedAt.plus(MIN_AGE));
    }

    private List<Problem> unlisted() {
        if (clock.instant().isBefore(askDidomiAt) || isDidomiPaused.getAsBoolean()) {
            return List.of();
        }
        try {
            long start = System.nanoTime();
            Deadline patience = () -> PATIENCE.minusNanos(System.nanoTime() - start);
            KnownIds listed = patience.during(check::listed);
            askDidomiAt = Instant.MAX;
            return DocumentCheck.unlisted(integration, listed);
        } catch (RemoteException | CredentialsException e) {
            // Without its list the flow goes on: what Didomi does not take makes dead letters as ever.
            askDidomiAt = clock.instant().plus(ASK_DIDOMI_AGAIN);
            return List.of();
        }
    }
}
