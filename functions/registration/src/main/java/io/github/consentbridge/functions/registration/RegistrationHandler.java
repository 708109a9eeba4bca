package io.github.consentbridge.functions.registration;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import io.github.consentbridge.aws.Deployment;
import io.github.consentbridge.aws.Setting;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.registration.BridgeUrl;
import io.github.consentbridge.sync.registration.Registration;
import io.github.consentbridge.sync.registration.RegistrationReport;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.lambda.powertools.cloudformation.AbstractCustomResourceHandler;
import software.amazon.lambda.powertools.cloudformation.Response;
import software.amazon.lambda.powertools.cloudformation.Response.Status;

/**
 * Registers the webhooks of both systems as a custom resource of the stack, whose property {@code Url} is the bridge's own
 * address. Creating and updating register at that address, deleting unregisters; each may be repeated.
 *
 * <p>Every request is answered before the function's time is over, a failure with its reason in one sentence. A success
 * carries the attributes {@code Report}, {@code LeftToDo} and {@code Reminder}. Should the answer not reach
 * CloudFormation, the call fails, so that Lambda repeats it.
 *
 * <p>Keep the resource's logical name: under another one CloudFormation creates the new resource first and then deletes the
 * old one, which would remove what the new one has just made.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html">Custom resource
 *     requests</a>
 */
public final class RegistrationHandler extends AbstractCustomResourceHandler {
    /** The physical id of what was created. It never changes: CloudFormation deletes what has another one. */
    static final String REGISTERED = "consent-bridge-registration";

    /** The physical id of what could not be created. */
    static final String UNFINISHED = "consent-bridge-registration-unfinished";

    private static final String URL = "Url";

    private final Supplier<Registration> registration;
    private final OutcomeLog outcomeLog;

    /**
     * The handler of the deployment that the environment names; Lambda calls this. It never fails: what is missing is
     * answered, as nobody else would tell CloudFormation.
     */
    public RegistrationHandler() {
        this(
                RegistrationHandler::deployed,
                new JsonOutcomeLog(System.out, Optional::empty, Clock.systemUTC()),
                AnswerClient.standard());
    }

    /**
     * A handler with these collaborators.
     *
     * @param registration asked for with each request, so that what is wrong with the configuration is answered too, and
     *     a secret that was just put right is read anew
     * @param http how CloudFormation is answered
     */
    public RegistrationHandler(Supplier<Registration> registration, OutcomeLog outcomeLog, SdkHttpClient http) {
        super(http);
        this.registration = registration;
        this.outcomeLog = outcomeLog;
    }

    private static Registration deployed() {
        try {
            Deployment parts = Deployment.here(Setting.SECRET);
            return new Registration(parts.integration(), parts.credentials(), parts.connections());
        } catch (IllegalArgumentException e) {
            throw new SetUpException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    protected Response create(CloudFormationCustomResourceEvent event, Context context) {
        return answer(event, UNFINISHED, context, () -> success(REGISTERED, register(event)));
    }

    @Override
    protected Response update(CloudFormationCustomResourceEvent event, Context context) {
        String id = event.getPhysicalResourceId();
        return answer(event, id, context, () -> success(id, register(event)));
    }

    @Override
    protected Response delete(CloudFormationCustomResourceEvent event, Context context) {
        String id = event.getPhysicalResourceId();
        Response answer = answer(event, id, context, () -> success(id, unregister()));
        // What was never finished must not keep the stack from going away: it may have failed for the same reason.
        return REGISTERED.equals(id) ? answer : Response.success(id);
    }

    private RegistrationReport register(CloudFormationCustomResourceEvent event) {
        BridgeUrl url = url(event);
        return registration.get().register(url);
    }

    private RegistrationReport unregister() {
        return registration.get().unregister();
    }

    private static BridgeUrl url(CloudFormationCustomResourceEvent event) {
        @Nullable
        Object value = event.getResourceProperties() == null
                ? null
                : event.getResourceProperties().get(URL);
        if (!(value instanceof String text) || text.isBlank()) {
            throw new SetUpException("the resource's property " + URL
                    + " is missing: give the address where both systems reach the bridge");
        }
        try {
            return BridgeUrl.parse("the resource's property " + URL, text);
        } catch (IllegalArgumentException e) {
            throw new SetUpException(String.valueOf(e.getMessage()), e);
        }
    }

    private Response answer(
            CloudFormationCustomResourceEvent event, String failedId, Context context, Callable<Response> work) {
        try {
            return new TimedWork(context).result(work);
        } catch (Exception e) {
            // The one broad catch: CloudFormation waits for an hour if it is told nothing.
            String reason = FailureReason.of(e);
            outcomeLog.fault("registration failed", e, request(event).and("why", reason));
            return Response.builder()
                    .status(Status.FAILED)
                    .physicalResourceId(failedId)
                    .reason(reason)
                    .build();
        }
    }

    private Response success(String id, RegistrationReport report) {
        outcomeLog.tell(
                "registration settled",
                null,
                LogFields.of("created", report.created())
                        .and("changed", report.changed())
                        .and("removed", report.removed())
                        .and("unchanged", report.unchanged())
                        .and("left_to_do", report.byHand()));
        return Response.builder()
                .status(Status.SUCCESS)
                .physicalResourceId(id)
                .value(ReportAttributes.of(report))
                .build();
    }

    /**
     * Makes the call fail: CloudFormation calls without waiting for a result, and such a call Lambda repeats, twice unless
     * it is set otherwise. The base class asks for no exception here, but passes one on.
     */
    @Override
    protected void onSendFailure(
            CloudFormationCustomResourceEvent event,
            Context context,
            @Nullable Response response,
            Exception exception) {
        outcomeLog.fault("answer not delivered", exception, request(event));
        throw new UndeliveredAnswerException(exception);
    }

    private static LogFields request(CloudFormationCustomResourceEvent event) {
        return LogFields.of("request", event.getRequestType());
    }
}
