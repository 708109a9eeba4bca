package io.github.consentbridge.deployment.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/** What CloudWatch knows: the metrics that the functions have printed, and those that AWS itself measures. */
final class MetricSamples {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final List<Sample> samples = new ArrayList<>();

    private record Sample(MetricName metric, Instant at, double value) {}

    void add(MetricName metric, Instant at, double value) {
        samples.add(new Sample(metric, at, value));
    }

    /** Adds the metrics of a function's output: its lines in the embedded metric format. */
    void addPrinted(String output) {
        output.lines().filter(line -> line.contains("\"_aws\"")).forEach(this::addLine);
    }

    private void addLine(String line) {
        JsonNode printed = json(line);
        Instant at = Instant.ofEpochMilli(printed.at("/_aws/Timestamp").longValue());
        printed.at("/_aws/CloudWatchMetrics")
                .forEach(directive -> directive.path("Dimensions").forEach(names -> {
                    Map<String, String> dimensions = new TreeMap<>();
                    names.forEach(name -> dimensions.put(
                            name.asText(), printed.path(name.asText()).asText()));
                    directive.path("Metrics").forEach(one -> {
                        String name = one.path("Name").asText();
                        MetricName metric =
                                new MetricName(directive.path("Namespace").asText(), name, dimensions);
                        JsonNode values = printed.path(name);
                        if (values.isArray()) {
                            values.forEach(value -> add(metric, at, value.doubleValue()));
                        } else {
                            add(metric, at, values.doubleValue());
                        }
                    });
                }));
    }

    private static JsonNode json(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * The data points of the last periods, the newest first; null for a period without samples.
     *
     * @param statistic {@code Sum} or {@code Maximum}
     */
    List<@Nullable Double> points(MetricName metric, String statistic, Duration period, int count, Instant end) {
        DoubleBinaryOperator both = switch (statistic) {
            case "Sum" -> Double::sum;
            case "Maximum" -> Math::max;
            default -> throw new AssertionError("unknown statistic " + statistic);
        };
        List<@Nullable Double> points = new ArrayList<>();
        for (int back = 0; back < count; back++) {
            Instant to = end.minus(period.multipliedBy(back));
            Instant from = to.minus(period);
            @Nullable Double point = null;
            for (Sample sample : samples) {
                if (sample.metric().equals(metric)
                        && sample.at().isAfter(from)
                        && !sample.at().isAfter(to)) {
                    point = point == null ? sample.value() : both.applyAsDouble(point, sample.value());
                }
            }
            points.add(point);
        }
        return points;
    }
}
