package io.github.consentbridge.deployment.alarm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.aws.Deployment;
import io.github.consentbridge.aws.EmulatedServices;
import io.github.consentbridge.aws.EmulatedServices.Taken;
import io.github.consentbridge.aws.WebhookDeployment;
import io.github.consentbridge.functions.didomi.DidomiWebhookHandler;
import io.github.consentbridge.functions.dynamics.DynamicsWebhookHandler;
import io.github.consentbridge.functions.reconciliation.ReconciliationHandler;
import io.github.consentbridge.functions.worker.SyncHandler;
import io.github.consentbridge.mapping.consent.Side;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Calls the functions of a stack as AWS does, and measures what AWS measures of it: an exception out of a handler is an error of
 * the function, a 5xx answer or an exception is an error of the API.
 */
final class DrivenFunctions {
    private final DrivenStack stack;
    private final Map<Side, RequestStreamHandler> webhooks = new HashMap<>();
    private final SyncHandler worker;
    private final RequestStreamHandler reconciliation;
    private int calls;

    DrivenFunctions(DrivenStack stack) {
        this.stack = stack;
        this.worker = new SyncHandler(deployment("SyncFunction"));
        this.reconciliation = new ReconciliationHandler(deployment("ReconciliationFunction"));
    }

    private Deployment deployment(String function) {
        return new Deployment(stack.environment(function), stack.out, stack.clock);
    }

    static String function(Side from) {
        return from == Side.DIDOMI ? "DidomiWebhookFunction" : "DynamicsWebhookFunction";
    }

    /** A new version of a webhook function, with these variables changed. It starts anew for each delivery. */
    void deploy(Side from, Map<String, String> changed) {
        Map<String, String> environment = stack.webhookEnvironment(function(from));
        environment.putAll(changed);
        Supplier<RequestStreamHandler> version = () -> {
            WebhookDeployment parts = new WebhookDeployment(environment, stack.out, stack.clock);
            return from == Side.DIDOMI ? new DidomiWebhookHandler(parts) : new DynamicsWebhookHandler(parts);
        };
        webhooks.put(from, (input, output, context) -> version.get().handleRequest(input, output, context));
    }

    /** The version is the same process for all deliveries from now on, as between two starts. */
    void keep(Side from) {
        WebhookDeployment parts =
                new WebhookDeployment(stack.webhookEnvironment(function(from)), stack.out, stack.clock);
        webhooks.put(from, from == Side.DIDOMI ? new DidomiWebhookHandler(parts) : new DynamicsWebhookHandler(parts));
    }

    /** Delivers to a webhook; returns the status that the sender sees. */
    int deliver(Side from, String key, String body) {
        if (!webhooks.containsKey(from)) {
            deploy(from, Map.of());
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        byte[] event = Messages.request(from, key, body).toString().getBytes(UTF_8);
        int status = isError(function(from), () -> call(webhooks.get(from), event, answer))
                ? 500
                : Messages.json(answer.toString(UTF_8)).path("statusCode").intValue();
        stack.samples.add(
                MetricName.of("AWS/ApiGateway", "5xx", "ApiId", "HttpApi"),
                stack.clock.instant(),
                status >= 500 ? 1 : 0);
        return status;
    }

    private void call(RequestStreamHandler handler, byte[] event, ByteArrayOutputStream answer) {
        try {
            handler.handleRequest(new ByteArrayInputStream(event), answer, new Call("call-" + ++calls));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isError(String function, Runnable call) {
        boolean failed = false;
        try {
            call.run();
        } catch (RuntimeException e) {
            // Lambda counts it, whatever it is.
            failed = true;
        }
        int errors = failed ? 1 : 0;
        stack.samples.add(
                MetricName.of("AWS/Lambda", "Errors", "FunctionName", function), stack.clock.instant(), errors);
        stack.samples.add(
                new MetricName(
                        "AWS/Lambda", "Errors", Map.of("FunctionName", function, "Resource", function + ":live")),
                stack.clock.instant(),
                errors);
        return failed;
    }

    /** Hands up to ten messages of the queue to the worker, and removes those that it has finished. */
    void work(String queue) {
        String url = stack.queue(queue);
        List<Taken> taken = EmulatedServices.receive(url);
        SQSEvent event = new SQSEvent();
        event.setRecords(taken.stream().map(one -> message(one, url)).toList());
        isError("SyncFunction", () -> {
            Set<String> returning =
                    worker.handleRequest(event, new Call("call-" + ++calls)).getBatchItemFailures().stream()
                            .map(BatchItemFailure::getItemIdentifier)
                            .collect(Collectors.toSet());
            taken.stream()
                    .filter(one -> !returning.contains(one.id()))
                    .forEach(one -> EmulatedServices.delete(url, one));
        });
    }

    private static SQSMessage message(Taken taken, String url) {
        SQSMessage message = new SQSMessage();
        message.setMessageId(taken.id());
        message.setReceiptHandle(taken.receipt());
        message.setBody(taken.body());
        message.setAttributes(Map.of("ApproximateReceiveCount", taken.receives()));
        message.setEventSourceArn("arn:aws:sqs:eu-west-1:123456789012:" + url.substring(url.lastIndexOf('/') + 1));
        return message;
    }

    /** Calls the reconciliation as its schedule does; returns whether it failed. */
    boolean reconcile(String request) {
        return isError(
                "ReconciliationFunction",
                () -> call(reconciliation, request.getBytes(UTF_8), new ByteArrayOutputStream()));
    }

    /** Hands the next message of its queue to the reconciliation, and removes it unless the call failed. */
    void continueReconciliation() {
        String url = stack.queue("ReconciliationQueue");
        for (Taken taken : EmulatedServices.receive(url)) {
            ObjectNode event = JsonNodeFactory.instance.objectNode();
            event.putArray("Records").addObject().put("messageId", taken.id()).put("body", taken.body());
            if (!reconcile(event.toString())) {
                EmulatedServices.delete(url, taken);
            }
        }
    }

    /** An invocation with five minutes left. */
    private record Call(String getAwsRequestId) implements Context {
        @Override
        public int getRemainingTimeInMillis() {
            return 300_000;
        }

        @Override
        public String getLogGroupName() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getLogStreamName() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getFunctionName() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getFunctionVersion() {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getInvokedFunctionArn() {
            throw new UnsupportedOperationException();
        }

        @Override
        public com.amazonaws.services.lambda.runtime.CognitoIdentity getIdentity() {
            throw new UnsupportedOperationException();
        }

        @Override
        public com.amazonaws.services.lambda.runtime.ClientContext getClientContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getMemoryLimitInMB() {
            throw new UnsupportedOperationException();
        }

        @Override
        public com.amazonaws.services.lambda.runtime.LambdaLogger getLogger() {
            throw new UnsupportedOperationException();
        }
    }
}
