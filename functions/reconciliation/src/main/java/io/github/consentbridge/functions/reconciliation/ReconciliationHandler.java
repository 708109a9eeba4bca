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
import io.github.consentbridge.sync.reconciliation.ReconciliationUnderWayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reconciles on a schedule. The schedule's input is a {@link ReconciliationRequest}, for example {@code {"scan":"full"}}. A
 * run that does not finish within one call sends its request to the function's own queue, and the function continues it when
 * it receives that message.
 *
 * <p>Returns the report. Differences go to the log only, without the person's id. Throws if a side cannot be read, so that the
 * schedule repeats the call: the next run continues after the last settled page.
 *
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule.html">EventBridge Scheduler</a>
 */
public final class ReconciliationHandler implements RequestStreamHandler {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Reconciliation reconciliation;
    private final Consumer<ReconciliationRequest> continuation;
    private final OutcomeLog outcomeLog;

    /**
     * The handler of the deployment that the environment names; Lambda calls this.
     *
     * @throws IllegalArgumentException if the environment or the integration document is incomplete
     */
    public ReconciliationHandler() {
        this(Deployment.here(Setting.SECRET, Setting.LEDGER, Setting.HISTORY, Setting.RECONCILIATIONS));
    }

    private ReconciliationHandler(Deployment deployment) {
        this(
                deployment.reconciliation(time -> Thread.sleep(time.toMillis())),
                request -> deployment.reconciliations().send(request.json().toString()),
                deployment.outcomeLog());
    }

    /** @param continuation has the function called again with this request */
    ReconciliationHandler(
            Reconciliation reconciliation, Consumer<ReconciliationRequest> continuation, OutcomeLog outcomeLog) {
        this.reconciliation = reconciliation;
        this.continuation = continuation;
        this.outcomeLog = outcomeLog;
    }

    /** @throws IllegalArgumentException if the input is not a request */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        try {
            MAPPER.writeValue(output, answer(request(MAPPER.readTree(input)), context));
        } finally {
            outcomeLog.flush();
        }
    }

    private static ReconciliationRequest request(JsonNode input) throws IOException {
        JsonNode body = input.at("/Records/0/body");
        return ReconciliationRequest.of(body.isTextual() ? MAPPER.readTree(body.textValue()) : input);
    }

    private ObjectNode answer(ReconciliationRequest request, Context context) {
        try {
            return ReconciliationJson.report(reconciliation.runScheduled(
                    context.getAwsRequestId(),
                    request,
                    () -> Duration.ofMillis(context.getRemainingTimeInMillis()),
                    continuation));
        } catch (ReconciliationUnderWayException e) {
            outcomeLog.log("reconciliation under way", null, LogFields.none());
            return JsonNodeFactory.instance.objectNode().put("status", "under way");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
