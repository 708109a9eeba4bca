package io.github.consentbridge.simulators.entra;

import io.github.consentbridge.simulators.http.Faults;
import io.github.consentbridge.simulators.http.RequestCounters;
import io.github.consentbridge.simulators.http.SimulatorServer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Entra ID with one tenant: {@code POST /{tenant}/oauth2/v2.0/token} for client credentials, and the discovery
 * documents that client libraries request. Thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow">Client
 *     credentials</a>
 */
public final class EntraSimulator implements AutoCloseable {
    private static final String TENANT = "7d1f0000-0000-4000-8000-00000000000a";
    private static final String CLIENT_ID = "c11e0000-0000-4000-8000-00000000000b";
    private static final String CLIENT_SECRET = "simulated~secret";

    private final Map<String, String> secrets = new ConcurrentHashMap<>(Map.of(CLIENT_ID, CLIENT_SECRET));
    private final RequestCounters counters = new RequestCounters();
    private final Faults faults = new Faults();
    private final IssuedTokens tokens;
    private final TokenRoutes routes;
    private final SimulatorServer server;

    private EntraSimulator(Clock clock, int port) {
        tokens = new IssuedTokens(clock);
        server = SimulatorServer.bind(port);
        routes = new TokenRoutes(clock, TENANT, secrets, tokens, server.url());
        server.serve(routes, faults, counters);
    }

    public static EntraSimulator start(Clock clock) {
        return start(clock, 0);
    }

    public static EntraSimulator start(Clock clock, int port) {
        return new EntraSimulator(clock, port);
    }

    /** Stands in for {@code https://login.microsoftonline.com}. */
    public URI url() {
        return server.url();
    }

    public String tenantId() {
        return TENANT;
    }

    /** The registered application whose secret is {@link #clientSecret}. */
    public String clientId() {
        return CLIENT_ID;
    }

    /** The initial secret of {@link #clientId}. */
    public String clientSecret() {
        return CLIENT_SECRET;
    }

    /** Registers an application or replaces its secret. Its tokens stay valid. */
    public void register(String clientId, String clientSecret) {
        secrets.put(clientId, clientSecret);
    }

    /** Revokes every token issued so far. */
    public void revokeTokens() {
        tokens.revokeAll();
    }

    /** Sets the lifetime of new tokens; 3599 seconds by default. */
    public void tokenLifetime(Duration lifetime) {
        routes.tokenLifetime(lifetime);
    }

    /** Checks tokens for the systems that trust this Entra. */
    public IssuedTokens tokens() {
        return tokens;
    }

    /** Delays each answer by this much real time, as a network does; for benchmarks. */
    public void latency(Duration time) {
        server.latency(time);
    }

    public RequestCounters counters() {
        return counters;
    }

    public Faults faults() {
        return faults;
    }

    @Override
    public void close() {
        server.close();
    }
}
