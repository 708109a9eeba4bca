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
 * The counts of one direction. For one thread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">
 *     Embedded metric format</a>
 */
final class Counts {
    private static final String NAMESPACE = "ConsentBridge";
    private static final String DIRECTION = "direction";

    /** The maximum number of values of a metric in one line. */
    private static final int MAX_VALUES = 100;

    private final Map<Metric, Double> sums = new EnumMap<>(Metric.class);

    /** Single values, so that percentiles can be computed. */
    private final List<Double> seconds = new ArrayList<>();

    void add(Metric metric, double amount) {
        if (metric == Metric.PROPAGATION_SECONDS) {
            seconds.add(amount);
        } else {
            sums.merge(metric, amount, Double::sum);
        }
    }

    /** One line, or more if there are too many times for one. */
    List<String> lines(Side towards, Instant at) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from == 0 || from < seconds.size(); from += MAX_VALUES) {
            List<Double> some = seconds.subList(from, Math.min(from + MAX_VALUES, seconds.size()));
            lines.add(line(towards, at, from == 0 ? sums : Map.of(), some));
        }
        return lines;
    }

    private static String line(Side towards, Instant at, Map<Metric, Double> sums, List<Double> seconds) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        ObjectNode aws = line.putObject("_aws").put("Timestamp", at.toEpochMilli());
        ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
        directive.putArray("Dimensions").addArray().add(DIRECTION);
        ArrayNode metrics = directive.putArray("Metrics");
        line.put(DIRECTION, towards == Side.DYNAMICS ? "to_dynamics" : "to_didomi");
        sums.forEach((metric, sum) -> {
            metrics.addObject().put("Name", metric.published()).put("Unit", "Count");
            line.put(metric.published(), sum);
        });
        if (!seconds.isEmpty()) {
            String name = Metric.PROPAGATION_SECONDS.published();
            metrics.addObject().put("Name", name).put("Unit", "Seconds");
            ArrayNode values = line.putArray(name);
            seconds.forEach(values::add);
        }
        return JsonTree.write(line);
    }
}
