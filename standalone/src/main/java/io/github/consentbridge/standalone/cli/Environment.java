package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.sync.connections.Endpoints;

/** The addresses of the other systems, as the environment gives them. */
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
