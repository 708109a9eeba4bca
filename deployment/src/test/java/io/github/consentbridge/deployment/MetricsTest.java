package io.github.consentbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.sync.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A misspelt metric stays silent for years: what is watched is what the code counts. */
class MetricsTest {
    private static final String OURS = "ConsentBridge";
    private static final Set<String> COUNTED =
            Arrays.stream(Metric.values()).map(Metric::published).collect(Collectors.toSet());
    private static final Set<String> DIRECTIONS = Set.of("to_didomi", "to_dynamics");

    private final Template template = Template.read();

    private record Watched(String namespace, String metric, String dimension, JsonNode value) {}

    /** What the alarms watch; a single metric stands in the alarm itself. */
    private List<Watched> alarmed() {
        List<Watched> found = new ArrayList<>();
        template.all("AWS::CloudWatch::Alarm").values().forEach(alarm -> {
            if (alarm.has("MetricName")) {
                found.add(watched(alarm));
            }
            alarm.path("Metrics").forEach(one -> {
                if (one.has("MetricStat")) {
                    found.add(watched(one.at("/MetricStat/Metric")));
                }
            });
        });
        return found;
    }

    private static Watched watched(JsonNode metric) {
        assertThat(metric.path("Dimensions")).hasSize(1);
        JsonNode dimension = metric.at("/Dimensions/0");
        return new Watched(
                metric.path("Namespace").asText(),
                metric.path("MetricName").asText(),
                dimension.path("Name").asText(),
                dimension.path("Value"));
    }

    private List<Watched> shown() throws JsonProcessingException {
        String text = template.resource("Dashboard")
                .at("/Properties/DashboardBody/Fn::Sub")
                .asText();
        List<Watched> found = new ArrayList<>();
        for (JsonNode widget : new JsonMapper().readTree(text).path("widgets")) {
            widget.at("/properties/metrics")
                    .forEach(metric -> found.add(new Watched(
                            metric.path(0).asText(),
                            metric.path(1).asText(),
                            metric.path(2).asText(),
                            metric.path(3))));
        }
        return found;
    }

    private static void areCounted(List<Watched> metrics) {
        assertThat(metrics)
                .filteredOn(one -> one.namespace().equals(OURS))
                .isNotEmpty()
                .allSatisfy(one -> {
                    assertThat(COUNTED).contains(one.metric());
                    assertThat(one.dimension()).isEqualTo("direction");
                    assertThat(DIRECTIONS).contains(one.value().asText());
                });
        assertThat(metrics)
                .filteredOn(one -> !one.namespace().equals(OURS))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.namespace() + " " + one.metric() + " " + one.dimension())
                        .isIn(
                                "AWS/SQS ApproximateNumberOfMessagesVisible QueueName",
                                "AWS/SQS ApproximateAgeOfOldestMessage QueueName",
                                "AWS/Lambda Errors FunctionName",
                                "AWS/Lambda Throttles FunctionName",
                                "AWS/ApiGateway 5xx ApiId"));
    }

    @Test
    void alarmsWatchWhatIsCounted() {
        areCounted(alarmed());
    }

    @Test
    void theDashboardShowsAllThatIsCounted() throws JsonProcessingException {
        areCounted(shown());
        assertThat(shown()).extracting(Watched::metric).containsAll(COUNTED);
    }

    @Test
    void alarmsAboutQueuesAndFunctionsNameThoseOfTheStack() {
        assertThat(alarmed())
                .filteredOn(one -> !one.namespace().equals(OURS))
                .allSatisfy(one -> template.resource(Template.referred(one.value())));
    }

    @Test
    void everyFunctionsErrorsAndThrottlesAreWatched() {
        for (String metric : List.of("Errors", "Throttles")) {
            assertThat(alarmed())
                    .filteredOn(one -> one.metric().equals(metric))
                    .extracting(one -> Template.referred(one.value()))
                    .containsExactlyInAnyOrderElementsOf(template.functions().keySet());
        }
    }

    @Test
    void everyAlarmTellsSomebody() {
        assertThat(template.all("AWS::CloudWatch::Alarm").values())
                .isNotEmpty()
                .allSatisfy(alarm -> assertThat(Template.referred(alarm.at("/AlarmActions/0")))
                        .isEqualTo("AlarmTopic"));
    }

    /** Nothing is counted when nothing runs. */
    @Test
    void silenceOfTheReconciliationRings() {
        JsonNode alarm = template.resource("NoReconciliationAlarm").path("Properties");

        assertThat(alarm.path("MetricName").asText()).isEqualTo(Metric.RECONCILED.published());
        assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("breaching");
        assertThat(alarm.path("ComparisonOperator").asText()).isEqualTo("LessThanThreshold");
        assertThat(template.root()
                        .at("/Parameters/ReconciledWithinHours/Default")
                        .intValue())
                .isEqualTo(2);
    }
}
