package io.github.consentbridge.functions.registration;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import io.github.consentbridge.aws.Deployment;
import io.github.consentbridge.aws.Setting;
import io.github.consentbridge.aws.cloudformation.AnswerClient;
import io.github.consentbridge.aws.cloudformation.UndeliveredAnswerException;
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
import software.amazon.lambda.powertools.cloudformation.AbstractCustomResourceHandler;
import software.amazon.lambda.powertools.cloudformation.Response;
import software.amazon.lambda.powertools.cloudformation.Response.Status;

/**
 * Registers the webhooks of both systems as a custom resource of the stack, whose property {@code Url} is the bridge's
 * address. Create and update register that address, delete unregisters it. All are safe to repeat.
 *
 * <p>Every request is answered before the function's timeout. A failure has a reason of one sentence; a success has the
 * attributes {@code Report}, {@code LeftToDo} and {@code Reminder}. If the answer cannot be delivered to
 * CloudFormation, the invocation fails, so that Lambda repeats it.
 *
 * <p>Keep the resource's logical name: if it changes, CloudFormation creates the new resource first and then deletes
 * the old one, which would remove the new registration.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requests.html">Custom resource
 *     requests</a>
 */
public final class RegistrationHandler extends AbstractCustomResourceHandler {
    /** The physical id of the registration. It never changes: CloudFormation deletes a resource whose id changes. */
    static final String REGISTERED = "consent-bridge-registration";

    /** The physical id of a registration that could not be created. */
    static final String UNFINISHED = "consent-bridge-registration-unfinished";

    private static final String URL = "Url";

    private final Supplier<Registration> registration;
    private final OutcomeLog outcomeLog;

    /**
     * The handler of the deployment that the environment names; Lambda calls this. It never fails: a missing setting is
     * reported in the answer, because CloudFormation would otherwise wait.
     */
    public RegistrationHandler() {
        this(
                RegistrationHandler::deployed,
                new JsonOutcomeLog(System.out, Optional::empty, Clock.systemUTC()),
                new AnswerClient());
    }

    /**
     * A handler with other collaborators, for tests.
     *
     * @param registration called for each request, so that configuration errors are answered and a corrected secret is
     *     read again
     * @param http delivers the answers to CloudFormation
     */
    public RegistrationHandler(Supplier<Registration> registration, OutcomeLog outcomeLog, AnswerClient http) {
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
        // A registration that was never completed must not prevent the deletion of the stack.
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
            // The one broad catch: without an answer CloudFormation waits for an hour.
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
        outcomeLog.log(
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
     * Makes the invocation fail. CloudFormation invokes the function asynchronously, and Lambda repeats failed
     * asynchronous invocations, by default twice. The base class propagates the exception.
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
