package io.github.consentbridge.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.json.JsonTree;
import io.github.consentbridge.sync.logging.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The counts of one direction or one scan. For one thread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Embedded metric format</a>
 */
final class Counts {
    private static final String NAMESPACE = "ConsentBridge";
    private static final String STACK = "stack";

    /** What the counts of a stack are told apart by. */
    record Dimension(String name, String value) {
        static Dimension direction(Side towards) {
            return new Dimension("direction", Metric.direction(towards));
        }

        static Dimension scan(String word) {
            return new Dimension("scan", word);
        }
    }

    /** The maximum number of values of a metric in one line. */
    private static final int MAX_VALUES = 100;

    private final String stack;
    private final Map<Metric, Double> sums = new EnumMap<>(Metric.class);

    /** Single values, so that percentiles and maxima can be computed. */
    private final Map<Metric, List<Double>> durations = new EnumMap<>(Metric.class);

    Counts(String stack) {
        this.stack = stack;
    }

    void add(Metric metric, double amount) {
        if (metric.isDuration()) {
            durations.computeIfAbsent(metric, any -> new ArrayList<>()).add(amount);
        } else {
            sums.merge(metric, amount, Double::sum);
        }
    }

    /** One line, or more if there are too many times for one. */
    List<String> lines(Dimension dimension, Instant at) {
        int most = durations.values().stream().mapToInt(List::size).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int from = 0; from == 0 || from < most; from += MAX_VALUES) {
            lines.add(line(dimension, at, from));
        }
        return lines;
    }

    private String line(Dimension dimension, Instant at, int from) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        ObjectNode aws = line.putObject("_aws").put("Timestamp", at.toEpochMilli());
        ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
        directive.putArray("Dimensions").addArray().add(STACK).add(dimension.name());
        ArrayNode metrics = directive.putArray("Metrics");
        line.put(STACK, stack).put(dimension.name(), dimension.value());
        if (from == 0) {
            sums.forEach((metric, sum) -> {
                metrics.addObject().put("Name", metric.published()).put("Unit", "Count");
                line.put(metric.published(), sum);
            });
        }
        durations.forEach((metric, all) -> addDurations(metric, all, from, metrics, line));
        return JsonTree.write(line);
    }

    private static void addDurations(Metric metric, List<Double> all, int from, ArrayNode metrics, ObjectNode line) {
        if (from < all.size()) {
            metrics.addObject().put("Name", metric.published()).put("Unit", "Seconds");
            ArrayNode values = line.putArray(metric.published());
            all.subList(from, Math.min(from + MAX_VALUES, all.size())).forEach(values::add);
        }
    }
}
