package io.github.consentbridge.aws;

import io.github.consentbridge.aws.dynamo.DynamoDiscards;
import io.github.consentbridge.aws.sqs.SqsDeadLetters;
import io.github.consentbridge.aws.sqs.SqsQueue;
import io.github.consentbridge.sync.queue.DeadLetter;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** DynamoDB and SQS inside this process, for functions in other processes. */
public final class EmulatedServices {
    private static final MessageSystemAttributeName COUNT = MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT;

    private EmulatedServices() {}

    /** The variables with their endpoints for the SDK. */
    public static Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL_SQS", address(Emulators.sqs().serviceClientConfiguration()),
                "AWS_ENDPOINT_URL_DYNAMODB", address(Emulators.dynamo().serviceClientConfiguration()));
    }

    private static String address(SdkServiceClientConfiguration client) {
        return client.endpointOverride().orElseThrow().toString();
    }

    /** The name of a new table like the template's. */
    public static String newTable() {
        return Emulators.newTable();
    }

    /** The name of a new table like the template's for histories. */
    public static String newHistoryTable() {
        return Emulators.newHistoryTable();
    }

    /** The address of a new queue. */
    public static String newQueue() {
        return Emulators.newQueue();
    }

    /** A message that was received. */
    public record Taken(String id, String receipt, String receives, String body) {}

    /** Up to ten messages, which are then hidden for a while. */
    public static List<Taken> receive(String queueUrl) {
        return Emulators.sqs()
                .receiveMessage(request ->
                        request.queueUrl(queueUrl).maxNumberOfMessages(10).messageSystemAttributeNames(COUNT))
                .messages()
                .stream()
                .map(message -> new Taken(
                        message.messageId(),
                        message.receiptHandle(),
                        message.attributes().get(COUNT),
                        message.body()))
                .toList();
    }

    /** Those that were sent with a delay of a few seconds. */
    public static List<String> takeDelayed(String queueUrl) {
        return Emulators.sqs()
                .receiveMessage(request ->
                        request.queueUrl(queueUrl).maxNumberOfMessages(10).waitTimeSeconds(10))
                .messages()
                .stream()
                .map(Message::body)
                .toList();
    }

    public static void delete(String queueUrl, Taken message) {
        Emulators.sqs().deleteMessage(request -> request.queueUrl(queueUrl).receiptHandle(message.receipt()));
    }

    /** The reasons of the dead letters. */
    public static List<String> reasons(String deadLetterQueueUrl) {
        return deadLetters(deadLetterQueueUrl).list(any -> true, 10).stream()
                .map(DeadLetter::reason)
                .toList();
    }

    /** Replays the dead letters as an operator does. */
    public static int replayAll(String deadLetterQueueUrl, String queueUrl) {
        return deadLetters(deadLetterQueueUrl).replay(any -> true, new SqsQueue(Emulators::sqs, queueUrl));
    }

    private static SqsDeadLetters deadLetters(String queueUrl) {
        return new SqsDeadLetters(
                Emulators::sqs, queueUrl, () -> new DynamoDiscards(Emulators.table(Emulators.newTable())));
    }

    /** The bodies of up to ten messages, which are then hidden for a while. */
    public static List<String> take(String queueUrl) {
        return receive(queueUrl).stream().map(Taken::body).toList();
    }
}
