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
import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.ReconciliationUnderWayException;
import io.github.consentbridge.sync.reconciliation.Scan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Locale;

/**
 * Reconciles on a schedule, whose input selects the scan: {@code {"scan":"full"}}, {@code "didomi"} or {@code "dynamics"};
 * {@code "dry_run"}, {@code "initial"} and {@code "force"} may be true. Also takes that input as the body of a queue
 * message, as which a run that did not end in time goes on.
 *
 * <p>Answers with the report; what differs is in the log only, without the person's id. Throws if a side cannot be read, so
 * that the schedule repeats it: the next run goes on from the last page that was settled.
 *
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule.html">EventBridge Scheduler</a>
 */
public final class ReconciliationHandler implements RequestStreamHandler {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Reconciliation reconciliation;
    private final Continuation continuation;
    private final OutcomeLog outcomeLog;

    /**
     * The handler of the deployment that the environment names; Lambda calls this.
     *
     * @throws IllegalArgumentException if the environment or the integration document is not complete
     */
    public ReconciliationHandler() {
        this(Deployment.here(Setting.SECRET, Setting.LEDGER, Setting.RECONCILIATIONS));
    }

    private ReconciliationHandler(Deployment parts) {
        this(
                parts.reconciliation(time -> Thread.sleep(time.toMillis())),
                new QueueContinuation(parts.reconciliations()),
                parts.outcomeLog());
    }

    public ReconciliationHandler(Reconciliation reconciliation, Continuation continuation, OutcomeLog outcomeLog) {
        this.reconciliation = reconciliation;
        this.continuation = continuation;
        this.outcomeLog = outcomeLog;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        try {
            ReconciliationRequest request = request(MAPPER.readTree(input));
            MAPPER.writeValue(output, answer(request, context));
        } finally {
            outcomeLog.flush();
        }
    }

    private ObjectNode answer(ReconciliationRequest request, Context context) {
        try {
            ReconciliationReport report = reconciliation.run(
                    context.getAwsRequestId(),
                    request,
                    () -> Duration.ofMillis(context.getRemainingTimeInMillis()),
                    ReconciliationListener.NONE);
            ObjectNode told = ReconciliationJson.report(report);
            outcomeLog.tell("reconciled", null, LogFields.of("report", told.toString()));
            if (!report.finished() && report.stopped().isEmpty()) {
                continuation.goOn(request);
            }
            return told;
        } catch (ReconciliationUnderWayException e) {
            outcomeLog.tell("reconciliation under way", null, LogFields.none());
            return JsonNodeFactory.instance.objectNode().put("status", "under way");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** @throws IllegalArgumentException if the schedule's input is none */
    private static ReconciliationRequest request(JsonNode input) throws IOException {
        JsonNode body = input.at("/Records/0/body");
        JsonNode asked = body.isTextual() ? MAPPER.readTree(body.textValue()) : input;
        return new ReconciliationRequest(
                scan(asked.path("scan")),
                asked.path("dry_run").booleanValue(),
                asked.path("initial").booleanValue(),
                asked.path("force").booleanValue());
    }

    private static Scan scan(JsonNode name) {
        try {
            return Scan.valueOf(name.asText("full").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the schedule's input must have \"scan\": \"full\", \"didomi\" or \"dynamics\"", e);
        }
    }
}
