package io.github.consentbridge.benchmarks;

import java.util.List;

/** From where a function comes to its first request, and how it then reaches AWS. */
enum FirstRequest {
    STARTED("started, http"),
    STARTED_OVER_TLS("started"),
    RESTORED("restored"),
    PRIMED("restored, primed");

    private final String words;

    FirstRequest(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    boolean isSecure() {
        return this != STARTED;
    }

    boolean isAfterRestore() {
        return this == RESTORED || this == PRIMED;
    }

    /** The options of the JVM. If the property names no implementation, no hook is found, and nothing is primed. */
    List<String> options() {
        return this == RESTORED ? List.of("-Dorg.crac.Core.Compat=none") : List.of();
    }
}
