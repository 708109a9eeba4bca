package io.github.consentbridge.functions.reconciliation;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.aws.Deployment;
import io.github.consentbridge.aws.Setting;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.reconciliation.Reconciliation;
import io.github.consentbridge.sync.reconciliation.ReconciliationJson;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.RunStore;
import io.github.consentbridge.sync.reconciliation.Scan;
import io.github.consentbridge.sync.schedule.PartQueue;
import io.github.consentbridge.sync.schedule.PartResult;
import io.github.consentbridge.sync.schedule.RunPart;
import io.github.consentbridge.sync.schedule.ScheduledReconciliation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;

/**
 * Reconciles on a schedule. The schedule's input is a {@link ReconciliationRequest}, for example {@code {"scan":"full"}}. A
 * run that does not finish within one call sends its next {@link RunPart} to the function's own queue, and the function
 * continues it when it receives that message.
 *
 * <p>While another run is under way, a part and a scan that reads everyone wait in the queue: a message is sent again, so that
 * waiting does not count towards the redrive policy. A scan of what changed is left out, because the next one covers it.
 *
 * <p>Returns the report. Differences go to the log only, without the person's id. Throws if a side cannot be read, so that the
 * schedule or the queue repeats the call: it continues after the last settled page.
 *
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule.html">EventBridge Scheduler</a>
 */
public final class ReconciliationHandler implements RequestStreamHandler {
    /** Until a waiting part tries again: shorter than the lease of a run that crashed. */
    static final Duration WAIT = Duration.ofMinutes(5);

    private static final JsonMapper MAPPER = new JsonMapper();

    private final ScheduledReconciliation reconciliation;
    private final PartQueue queue;
    private final OutcomeLog outcomeLog;

    /**
     * The handler of the deployment that the environment names; Lambda calls this.
     *
     * @throws IllegalArgumentException if the environment or the integration document is incomplete
     */
    public ReconciliationHandler() {
        this(Deployment.here(Setting.SECRET, Setting.LEDGER, Setting.HISTORY, Setting.RECONCILIATIONS));
    }

    /** The handler of this deployment. */
    public ReconciliationHandler(Deployment deployment) {
        this(
                deployment.reconciliation(time -> Thread.sleep(time.toMillis())),
                deployment.runs(),
                (part, delay) -> deployment.reconciliations().send(part.json().toString(), delay),
                deployment.outcomeLog(),
                deployment.clock());
    }

    /**
     * A handler with these parts.
     *
     * @param runs the store that the reconciliation uses
     * @param queue has the function called again
     */
    ReconciliationHandler(
            Reconciliation reconciliation, RunStore runs, PartQueue queue, OutcomeLog outcomeLog, Clock clock) {
        this.reconciliation = new ScheduledReconciliation(reconciliation, runs, queue, clock);
        this.queue = queue;
        this.outcomeLog = outcomeLog;
    }

    /** @throws IllegalArgumentException if the input is not a request */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        try {
            MAPPER.writeValue(output, answer(MAPPER.readTree(input), context));
        } finally {
            outcomeLog.flush();
        }
    }

    private ObjectNode answer(JsonNode input, Context context) throws IOException {
        JsonNode message = input.at("/Records/0");
        boolean queued = message.path("body").isTextual();
        RunPart part = queued
                ? RunPart.of(
                        MAPPER.readTree(message.path("body").textValue()),
                        message.path("messageId").asText())
                : RunPart.of(input, context.getAwsRequestId());
        PartResult result = run(part, context);
        if (result instanceof PartResult.Ran ran) {
            return ReconciliationJson.report(ran.report());
        }
        return result instanceof PartResult.UnderWay ? underWay(part, queued) : repeated(part);
    }

    private PartResult run(RunPart part, Context context) {
        try {
            return reconciliation.run(
                    part, context.getAwsRequestId(), () -> Duration.ofMillis(context.getRemainingTimeInMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private ObjectNode underWay(RunPart part, boolean queued) {
        boolean waits = queued || part.request().scan() != Scan.DYNAMICS;
        if (waits) {
            queue.send(part, WAIT);
        }
        outcomeLog.log(
                "reconciliation under way",
                null,
                LogFields.of("scan", part.request().scan().word()).and("waits", waits));
        return JsonNodeFactory.instance.objectNode().put("status", "under way");
    }

    private ObjectNode repeated(RunPart part) {
        outcomeLog.log(
                "reconciliation repeated",
                null,
                LogFields.of("scan", part.request().scan().word()));
        return JsonNodeFactory.instance.objectNode().put("status", "repeated");
    }
}
