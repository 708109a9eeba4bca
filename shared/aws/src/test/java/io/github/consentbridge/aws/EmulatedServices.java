package io.github.consentbridge.aws;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.services.sqs.model.Message;

/** DynamoDB and SQS inside this process, for functions in other processes. */
public final class EmulatedServices {
    private EmulatedServices() {}

    /** The variables by which the SDK finds them. */
    public static Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL_SQS", address(Emulators.sqs().serviceClientConfiguration()),
                "AWS_ENDPOINT_URL_DYNAMODB", address(Emulators.dynamo().serviceClientConfiguration()));
    }

    private static String address(SdkServiceClientConfiguration client) {
        return client.endpointOverride().orElseThrow().toString();
    }

    /** The name of a new table, as the template makes it. */
    public static String newTable() {
        return Emulators.newTable();
    }

    /** The address of a new queue. */
    public static String newQueue() {
        return Emulators.newQueue();
    }

    /** The bodies of up to ten messages, which are then hidden for a while. */
    public static List<String> take(String queueUrl) {
        return Emulators.sqs()
                .receiveMessage(request -> request.queueUrl(queueUrl).maxNumberOfMessages(10))
                .messages()
                .stream()
                .map(Message::body)
                .toList();
    }
}
