package io.github.consentbridge.standalone.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.standalone.operator.AllChecks;
import io.github.consentbridge.standalone.operator.OperatorHost;
import io.github.consentbridge.standalone.operator.OperatorPlaces;
import io.github.consentbridge.standalone.operator.SharedStores;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.doctor.Check;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.operations.Operations;
import io.github.consentbridge.sync.storage.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The bridge that the other commands of an operator work on: a data folder, or a stack. */
public final class HostSubject implements ConsoleSubject {
    private static final Duration ON_THIS_MACHINE = Duration.ofSeconds(1);

    /** On AWS, asking costs a few requests. */
    private static final Duration ON_AWS = Duration.ofSeconds(15);

    private final OperatorHost host;
    private final OperatorPlaces places;
    private final SharedStores stores;
    private final OutcomeLog outcomeLog;
    private @Nullable Connections connections;

    /** @param outcomeLog takes the failures of requests */
    public HostSubject(OperatorPlaces places, Clock clock, OutcomeLog outcomeLog) {
        this.host = OperatorHost.of(places);
        this.places = places;
        this.stores = new SharedStores(host, clock);
        this.outcomeLog = outcomeLog;
    }

    @Override
    public String name() {
        return host.stores();
    }

    @Override
    public Integration integration() {
        return host.integration();
    }

    @Override
    public Credentials credentials() {
        return host.credentials();
    }

    /** Built once, as each has tokens and connections of its own. */
    @Override
    public synchronized Connections connections() {
        if (connections == null) {
            connections = host.connections();
        }
        return connections;
    }

    @Override
    public boolean isNew() {
        return host.isNew();
    }

    @Override
    public <T> T onStores(Function<Operations, T> work) {
        return stores.use(work);
    }

    @Override
    public Optional<JsonNode> health() {
        try {
            return Optional.of(host.health());
        } catch (StorageException e) {
            // No bridge runs, or the one that did has ended; on AWS there is always one.
            return Optional.empty();
        }
    }

    @Override
    public Duration healthAge() {
        return OperatorHost.isOnAws(places) ? ON_AWS : ON_THIS_MACHINE;
    }

    @Override
    public JsonNode activity(int minutes) {
        return host.activity(minutes);
    }

    @Override
    public Optional<String> document() {
        return places.isSecret() ? Optional.empty() : Optional.of(new String(places.document(), UTF_8));
    }

    @Override
    public List<Check> checks() {
        return AllChecks.of(host);
    }

    @Override
    public OutcomeLog outcomeLog() {
        return outcomeLog;
    }

    @Override
    public void idle() {
        stores.closeIfUnused();
    }

    @Override
    public void close() {
        stores.close();
    }
}
