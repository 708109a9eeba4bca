package io.github.consentbridge.deployment.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.deployment.Template;
import java.util.Map;
import java.util.TreeMap;

/** A metric as CloudWatch identifies it: with other dimensions it is another metric. */
record MetricName(String namespace, String name, Map<String, String> dimensions) {
    /** A metric of AWS with one dimension. */
    static MetricName of(String namespace, String name, String dimension, String value) {
        return new MetricName(namespace, name, Map.of(dimension, value));
    }

    /** As an alarm names it: the stack is {@value DrivenStack#NAME}, other resources have their logical names. */
    static MetricName watched(JsonNode metric) {
        Map<String, String> dimensions = new TreeMap<>();
        metric.path("Dimensions").forEach(one -> dimensions.put(one.path("Name").asText(), value(one.path("Value"))));
        return new MetricName(
                metric.path("Namespace").asText(), metric.path("MetricName").asText(), dimensions);
    }

    private static String value(JsonNode value) {
        if (value.isTextual()) {
            return value.asText();
        }
        if (value.path("Ref").asText().equals("AWS::StackName")) {
            return DrivenStack.NAME;
        }
        return value.has("Fn::Sub")
                ? value.path("Fn::Sub").asText().replaceAll("\\$\\{(\\w+)}", "$1")
                : Template.referred(value);
    }
}
