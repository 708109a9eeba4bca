package io.github.consentbridge.functions.reconciliation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.consentbridge.aws.sqs.TextQueue;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;

/** Goes on by a message on the function's own queue, which has the schedule's input as its body. */
final class QueueContinuation implements Continuation {
    private final TextQueue queue;

    QueueContinuation(TextQueue queue) {
        this.queue = queue;
    }

    @Override
    public void goOn(ReconciliationRequest request) {
        queue.send(text(request));
    }

    static String text(ReconciliationRequest request) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("scan", request.scan().word())
                .put("dry_run", request.dryRun())
                .put("initial", request.initial())
                .put("force", request.force())
                .toString();
    }
}
