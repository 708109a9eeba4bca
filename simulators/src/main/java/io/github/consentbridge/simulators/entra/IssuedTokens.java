package io.github.consentbridge.simulators.entra;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Checks tokens that an {@link EntraSimulator} issued. Thread-safe. */
public final class IssuedTokens {
    private final Clock clock;
    private final Map<String, Grant> grants = new HashMap<>();

    private record Grant(String audience, Instant expiry) {}

    IssuedTokens(Clock clock) {
        this.clock = clock;
    }

    /** Whether the token was issued for this audience and is neither expired nor revoked. */
    public synchronized boolean isValid(String token, URI audience) {
        Grant grant = grants.get(token);
        return grant != null
                && grant.expiry().isAfter(clock.instant())
                && grant.audience().equals(audience.toString());
    }

    synchronized void add(String token, String audience, Instant expiry) {
        grants.values().removeIf(grant -> grant.expiry().isBefore(clock.instant()));
        grants.put(token, new Grant(audience, expiry));
    }

    synchronized void revokeAll() {
        grants.clear();
    }
}
