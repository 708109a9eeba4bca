package io.github.consentbridge.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.aws.sqs.SqsDepth;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.ledger.Pauses;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a stack is: down without a valid secret, degraded while a system is paused or dead letters wait. */
record StackHealth(SqsDepth queue, SqsDepth deadLetters, Pauses pauses, Credentials credentials, Clock clock) {
    ObjectNode json() {
        ObjectNode health = JsonNodeFactory.instance.objectNode().put("status", "up");
        ArrayNode problems = health.putArray("problems");
        SqsDepth.Counts waiting = queue.read();
        SqsDepth.Counts dead = deadLetters.read();
        long letters = dead.waiting() + dead.inFlight();
        health.putObject("queue")
                .put("depth", waiting.waiting())
                .put("in_flight", waiting.inFlight())
                .put("dead_letters", letters);
        if (letters > 0) {
            problems.add(letters + (letters == 1 ? " dead letter" : " dead letters") + ": list them with deadletters");
        }
        pauses(health.putObject("paused_until"), problems);
        if (!problems.isEmpty()) {
            health.put("status", "degraded");
        }
        return hasSecret(problems) ? health : health.put("status", "down");
    }

    private boolean hasSecret(ArrayNode problems) {
        try {
            credentials.current();
            return true;
        } catch (CredentialsException e) {
            problems.insert(
                    0,
                    "There is no valid secret, so deliveries are refused or wait: run doctor and repair the secret.");
            return false;
        }
    }

    private void pauses(ObjectNode paused, ArrayNode problems) {
        Map<RemoteSystem, Instant> all = pauses.pausedUntil();
        for (RemoteSystem system : RemoteSystem.values()) {
            @Nullable Instant until = all.get(system);
            boolean over = until == null || until.isBefore(clock.instant());
            paused.put(system.name().toLowerCase(Locale.ROOT), over ? null : until.toString());
            if (!over) {
                problems.add(system.label() + " is paused until " + until);
            }
        }
    }
}
