package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.sync.connections.Endpoints;

/** What the environment says of other systems. */
final class Environment {
    private Environment() {}

    static Endpoints endpoints() {
        try {
            return Endpoints.of(System.getenv());
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }
}
