package io.github.consentbridge.standalone.console.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.standalone.operator.AllChecks;
import io.github.consentbridge.sync.doctor.Check;
import io.github.consentbridge.sync.doctor.CheckCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What doctor's checks found when they were last made here. Safe for use by several threads. */
public final class LastChecks {
    private @Nullable Instant at;
    private List<Check> checks = List.of();

    /** Keeps what was found. */
    public synchronized void keep(List<Check> found, Instant time) {
        at = time;
        checks = List.copyOf(found);
    }

    /** {@code {"at","checks":[…]}}; {@code at} is null before the first time. */
    synchronized ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("at", at == null ? null : at.toString());
        node.set("checks", AllChecks.json(checks));
        return node;
    }

    /** What was found of this; empty if it has not been checked. */
    synchronized Optional<Check> of(CheckCode code) {
        return checks.stream().filter(check -> check.code() == code).findFirst();
    }
}
