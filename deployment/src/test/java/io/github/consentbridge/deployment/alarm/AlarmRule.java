package io.github.consentbridge.deployment.alarm;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.deployment.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An alarm of the template, and whether it rings. Of metric math it knows what the template uses. Where the documentation leaves
 * it open, it takes the reading in which an alarm rings less easily: a metric without any data point cannot be filled.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html">Alarms</a>
 */
final class AlarmRule {
    private static final Pattern OF_ARRAY = Pattern.compile("(SUM|MAX)\\(\\[(\\w+(?:, \\w+)*)]\\)");
    private static final Pattern FILLED = Pattern.compile("FILL\\((.+), (\\d+)\\)");

    private final Template template;
    private final JsonNode alarm;
    private final MetricSamples samples;
    private final Instant now;

    AlarmRule(Template template, String name, MetricSamples samples, Instant now) {
        this.template = template;
        this.alarm = template.resource(name).path("Properties");
        this.samples = samples;
        this.now = now;
    }

    boolean rings() {
        List<@Nullable Double> points = points();
        boolean missingBreaches = alarm.path("TreatMissingData").asText().equals("breaching");
        long breaching = points.stream()
                .filter(point -> point == null ? missingBreaches : breaches(point))
                .count();
        return breaching >= alarm.path("DatapointsToAlarm").asInt(points.size());
    }

    private boolean breaches(double point) {
        double threshold = alarm.path("Threshold").doubleValue();
        String operator = alarm.path("ComparisonOperator").asText();
        return switch (operator) {
            case "GreaterThanThreshold" -> point > threshold;
            case "LessThanThreshold" -> point < threshold;
            default -> throw new AssertionError("unknown operator " + operator);
        };
    }

    private int evaluationPeriods() {
        JsonNode periods = alarm.path("EvaluationPeriods");
        return periods.has("Ref")
                ? template.root()
                        .path("Parameters")
                        .path(periods.path("Ref").asText())
                        .path("Default")
                        .intValue()
                : periods.intValue();
    }

    private List<@Nullable Double> points() {
        if (alarm.has("MetricName")) {
            return points(alarm, alarm.path("Statistic"), alarm.path("Period"));
        }
        Map<String, List<@Nullable Double>> metrics = new LinkedHashMap<>();
        String returned = "";
        for (JsonNode one : alarm.path("Metrics")) {
            JsonNode stat = one.path("MetricStat");
            if (stat.isMissingNode()) {
                returned = one.path("Expression").asText();
            } else {
                metrics.put(
                        one.path("Id").asText(), points(stat.path("Metric"), stat.path("Stat"), stat.path("Period")));
            }
        }
        return value(returned, metrics);
    }

    private List<@Nullable Double> points(JsonNode metric, JsonNode statistic, JsonNode period) {
        return samples.points(
                MetricName.watched(metric),
                statistic.asText(),
                Duration.ofSeconds(period.longValue()),
                evaluationPeriods(),
                now);
    }

    private static List<@Nullable Double> value(String expression, Map<String, List<@Nullable Double>> metrics) {
        if (expression.equals("SUM(METRICS())")) {
            return combined(metrics.values(), Double::sum);
        }
        Matcher filled = FILLED.matcher(expression);
        if (filled.matches()) {
            return filled(value(filled.group(1), metrics), Double.parseDouble(filled.group(2)));
        }
        Matcher array = OF_ARRAY.matcher(expression);
        if (array.matches()) {
            return combined(
                    Stream.of(array.group(2).split(", "))
                            .map(id -> metric(id, metrics))
                            .toList(),
                    array.group(1).equals("SUM") ? Double::sum : Double::max);
        }
        return metric(expression, metrics);
    }

    private static List<@Nullable Double> metric(String id, Map<String, List<@Nullable Double>> metrics) {
        @Nullable List<@Nullable Double> points = metrics.get(id);
        if (points == null) {
            throw new AssertionError("unknown metric or expression " + id);
        }
        return points;
    }

    private static List<@Nullable Double> filled(List<@Nullable Double> points, double with) {
        boolean empty = points.stream().allMatch(point -> point == null);
        List<@Nullable Double> filled = new ArrayList<>();
        points.forEach(point -> filled.add(point == null && !empty ? Double.valueOf(with) : point));
        return filled;
    }

    /** Point by point, without the missing ones. */
    private static List<@Nullable Double> combined(
            Collection<List<@Nullable Double>> all, BinaryOperator<Double> both) {
        List<@Nullable Double> combined = new ArrayList<>();
        for (int index = 0; index < all.iterator().next().size(); index++) {
            @Nullable Double sum = null;
            for (List<@Nullable Double> points : all) {
                @Nullable Double point = points.get(index);
                if (point != null) {
                    sum = sum == null ? point : both.apply(sum, point);
                }
            }
            combined.add(sum);
        }
        return combined;
    }
}
