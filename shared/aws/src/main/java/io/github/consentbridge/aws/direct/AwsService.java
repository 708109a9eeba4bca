package io.github.consentbridge.aws.direct;

import com.fasterxml.jackson.databind.JsonNode;

/** A service of AWS with its JSON protocol. Safe for use by several threads. */
@FunctionalInterface
interface AwsService {
    /**
     * Calls an operation of the service and returns its answer.
     *
     * @param target the operation's name, for example {@code AmazonSQS.SendMessage}
     * @throws AwsCallException if the operation is not known to be done
     */
    JsonNode call(String target, JsonNode request);
}
