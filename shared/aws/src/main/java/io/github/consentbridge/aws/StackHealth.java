package io.github.consentbridge.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.aws.sqs.SqsDepth;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.operations.LastReconciliation;
import io.github.consentbridge.sync.reconciliation.RunStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a stack is: down without a valid secret, degraded while a system is paused or dead letters wait, or after a reconciliation
 * that failed or was stopped.
 */
record StackHealth(
        List<SqsDepth> queues,
        SqsDepth deadLetters,
        Pauses pauses,
        RunStore runs,
        Credentials credentials,
        Clock clock) {
    ObjectNode json() {
        ObjectNode health = JsonNodeFactory.instance.objectNode().put("status", "up");
        ArrayNode problems = health.putArray("problems");
        SqsDepth.Counts waiting =
                queues.stream().map(SqsDepth::read).reduce(new SqsDepth.Counts(0, 0), SqsDepth.Counts::plus);
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
        reconciliation(health.putObject("last_reconciliation"), problems);
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

    private void reconciliation(ObjectNode json, ArrayNode problems) {
        Optional<LastReconciliation> last = LastReconciliation.load(runs);
        json.put("finished_at", last.map(one -> one.finishedAt().toString()).orElse(null))
                .put("scan", last.map(one -> one.scan().word()).orElse(null))
                .put("result", last.map(one -> one.result().word()).orElse(null));
        last.map(LastReconciliation::result).ifPresent(result -> {
            if (result == LastReconciliation.Result.FAILED) {
                problems.add("The last reconciliation failed: the log of the reconciliation function says why.");
            } else if (result == LastReconciliation.Result.STOPPED) {
                problems.add("The last reconciliation was stopped because it would have changed too much:"
                        + " run reconcile --dry-run, look at the differences, then run reconcile --force.");
            }
        });
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
