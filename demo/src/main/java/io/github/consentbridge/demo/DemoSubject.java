package io.github.consentbridge.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.standalone.console.ConsoleSubject;
import io.github.consentbridge.standalone.operator.AllChecks;
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
 * What the demo's console works on.
 *
 * @param text the integration document
 */
record DemoSubject(DemoHost host, String text, OutcomeLog outcomeLog) implements ConsoleSubject {
    @Override
    public String name() {
        return "the demo";
    }

    @Override
    public Integration integration() {
        return host.integration();
    }

    @Override
    public Credentials credentials() {
        return host.credentials();
    }

    @Override
    public Connections connections() {
        return host.connections();
    }

    @Override
    public boolean isNew() {
        return host.isNew();
    }

    @Override
    public <T> T onStores(Function<Operations, T> work) {
        return host.onStores(work);
    }

    @Override
    public Optional<JsonNode> health() {
        return Optional.of(host.health());
    }

    @Override
    public Duration healthAge() {
        return Duration.ofSeconds(1);
    }

    @Override
    public JsonNode activity(int minutes) {
        return host.activity(minutes);
    }

    @Override
    public Optional<String> document() {
        return Optional.of(text);
    }

    @Override
    public List<Check> checks() {
        return AllChecks.of(host);
    }

    /** The demo closes its bridge itself. */
    @Override
    public void close() {}
}
