package io.github.consentbridge.aws.direct;

import com.fasterxml.jackson.databind.JsonNode;

/** A service of AWS, in its JSON protocol. Safe for use by several threads. */
@FunctionalInterface
interface AwsService {
    /**
     * Has the service do something, and gives its answer.
     *
     * @param target names it, for example {@code AmazonSQS.SendMessage}
     * @throws AwsCallException if it is not known to be done
     */
    JsonNode call(String target, JsonNode request);
}
