package io.github.consentbridge.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.aws.EmfOutcomeLog;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import io.github.consentbridge.sync.logging.Metric;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.reconciliation.Scan;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The alarms use the metrics that the code publishes: an alarm on a misspelt metric would never ring. */
class MetricsTest {
    private static final String OURS = "ConsentBridge";

    /** The value of the dimension by which two stacks in one account are told apart. */
    private static final String STACK = "AWS::StackName";

    /** The metrics of AWS that the alarms use. */
    private static final Set<String> OF_AWS = Set.of(
            "AWS/SQS ApproximateNumberOfMessagesVisible QueueName",
            "AWS/SQS ApproximateAgeOfOldestMessage QueueName",
            "AWS/Lambda Errors FunctionName",
            "AWS/Lambda Errors Resource",
            "AWS/Lambda Throttles FunctionName",
            "AWS/ApiGateway 5xx ApiId");

    private final Set<String> published = published();
    private final Template template = Template.read();

    /** @param stack whether the metric has the stack as a dimension, too */
    private record Watched(String namespace, String metric, boolean stack, String dimension, JsonNode value) {
        @Override
        public String toString() {
            return String.join(" ", namespace, metric, stack ? "of the stack" : "of all", dimension, value.asText());
        }
    }

    /** All metrics that the functions can publish through their logs. */
    private static Set<String> published() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream lines = new PrintStream(out, true, UTF_8);
        Clock clock = Clock.systemUTC();
        OutcomeLog outcomeLog = new EmfOutcomeLog(new JsonOutcomeLog(lines, clock), lines, clock, STACK);
        for (Metric metric : Metric.values()) {
            if (metric.isOfScan()) {
                Stream.of(Scan.values()).forEach(scan -> outcomeLog.countScan(metric, scan.word()));
            } else {
                Stream.of(Side.values()).forEach(side -> outcomeLog.count(metric, side, 1));
            }
        }
        outcomeLog.flush();
        Set<String> published = new TreeSet<>();
        out.toString(UTF_8).lines().forEach(line -> addMetrics(json(line), published));
        return published;
    }

    private static void addMetrics(JsonNode line, Set<String> published) {
        line.at("/_aws/CloudWatchMetrics").forEach(directive -> {
            String dimension = directive.at("/Dimensions/0/1").asText();
            boolean stack = directive.at("/Dimensions/0").size() == 2
                    && directive.at("/Dimensions/0/0").asText().equals("stack")
                    && line.path("stack").asText().equals(STACK);
            directive
                    .path("Metrics")
                    .forEach(metric -> published.add(new Watched(
                                    directive.path("Namespace").asText(),
                                    metric.path("Name").asText(),
                                    stack,
                                    dimension,
                                    line.path(dimension))
                            .toString()));
        });
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** The metrics of the alarms; a single metric is a property of the alarm itself. */
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
        boolean stack = metric.at("/Dimensions/0/Name").asText().equals("stack")
                && metric.at("/Dimensions/0/Value/Ref").asText().equals(STACK);
        JsonNode dimension =
                metric.path("Dimensions").path(metric.path("Dimensions").size() - 1);
        return new Watched(
                metric.path("Namespace").asText(),
                metric.path("MetricName").asText(),
                stack,
                dimension.path("Name").asText(),
                dimension.path("Value"));
    }

    private List<Watched> shown() {
        String text = template.resource("Dashboard")
                .at("/Properties/DashboardBody/Fn::Sub")
                .asText();
        List<Watched> found = new ArrayList<>();
        for (JsonNode widget : json(text).path("widgets")) {
            widget.at("/properties/metrics").forEach(metric -> found.add(shown(metric)));
        }
        return found;
    }

    /** {@code [namespace, metric, dimension, value, …, properties]}. */
    private static Watched shown(JsonNode metric) {
        boolean stack = metric.path(2).asText().equals("stack")
                && metric.path(3).asText().equals("${" + STACK + "}");
        int last = stack ? 4 : 2;
        return new Watched(
                metric.path(0).asText(),
                metric.path(1).asText(),
                stack,
                metric.path(last).asText(),
                metric.path(last + 1));
    }

    private void arePublished(List<Watched> metrics) {
        assertThat(metrics)
                .filteredOn(one -> one.namespace().equals(OURS))
                .isNotEmpty()
                .extracting(Watched::toString)
                .isSubsetOf(published);
        assertThat(metrics)
                .filteredOn(one -> !one.namespace().equals(OURS))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.namespace() + " " + one.metric() + " " + one.dimension())
                        .isIn(OF_AWS));
    }

    @Test
    void alarmsUsePublishedMetrics() {
        arePublished(alarmed());
    }

    @Test
    void dashboardShowsEveryMetric() {
        arePublished(shown());
        assertThat(shown())
                .extracting(Watched::metric)
                .containsAll(
                        Arrays.stream(Metric.values()).map(Metric::published).toList());
    }

    @Test
    void alarmsNameQueuesAndFunctionsOfTheStack() {
        assertThat(alarmed())
                .filteredOn(one -> !one.namespace().equals(OURS))
                .allSatisfy(one -> template.resource(Template.referred(one.value())));
    }

    @Test
    void errorsAndThrottlesOfEveryFunctionHaveAnAlarm() {
        for (String metric : List.of("Errors", "Throttles")) {
            assertThat(alarmed())
                    .filteredOn(one ->
                            one.metric().equals(metric) && one.dimension().equals("FunctionName"))
                    .extracting(one -> Template.referred(one.value()))
                    .containsExactlyInAnyOrderElementsOf(template.functions().keySet());
        }
    }

    @Test
    void everyAlarmNotifiesTheTopic() {
        assertThat(template.all("AWS::CloudWatch::Alarm").values())
                .isNotEmpty()
                .allSatisfy(alarm -> assertThat(Template.referred(alarm.at("/AlarmActions/0")))
                        .isEqualTo("AlarmTopic"));
    }

    /**
     * A deployment goes back if the new version fails, or answers 503 to everything, and for nothing else: a failing worker
     * must not block the deployment that repairs it.
     */
    @Test
    void deploymentsWatchTheDeployedFunctionsOnly() {
        Map<String, JsonNode> webhooks = new TreeMap<>(template.functions());
        webhooks.values().removeIf(function -> !function.has("DeploymentPreference"));
        JsonNode alarm = template.resource("WebhookDeploymentAlarm").path("Properties");
        List<String> watched = new ArrayList<>();
        alarm.path("Metrics").forEach(one -> {
            if (one.has("MetricStat")) {
                assertThat(one.at("/MetricStat/Period").intValue()).isEqualTo(60);
                Watched metric = watched(one.at("/MetricStat/Metric"));
                watched.add(metric.metric() + " "
                        + metric.value().path("Fn::Sub").asText(metric.value().asText()));
            }
        });

        assertThat(webhooks).hasSize(2).allSatisfy((name, function) -> {
            assertThat(texts(function.at("/DeploymentPreference/Alarms"))).containsExactly("WebhookDeploymentAlarm");
            assertThat(watched)
                    .contains("Errors ${" + name + "}:"
                            + function.path("AutoPublishAlias").asText());
        });
        assertThat(watched).hasSize(4).contains("DeliveriesNotStored to_dynamics", "DeliveriesNotStored to_didomi");
    }

    private static List<String> texts(JsonNode references) {
        List<String> names = new ArrayList<>();
        references.forEach(one -> names.add(Template.referred(one)));
        return names;
    }

    /** SQS's own age leaves out what was received three times or more, and that is what an outage leaves waiting. */
    @Test
    void alarmOnWaitingDeliveriesWatchesOurOwnAge() {
        JsonNode alarm = template.resource("OldestDeliveryAlarm").path("Properties");
        List<String> metrics = new ArrayList<>();
        alarm.path("Metrics").forEach(one -> {
            if (one.has("MetricStat")) {
                assertThat(one.at("/MetricStat/Stat").asText()).isEqualTo("Maximum");
                // What is postponed comes back after 15 minutes at the latest.
                assertThat(one.at("/MetricStat/Period").intValue()).isGreaterThan(15 * 60);
                metrics.add(one.at("/MetricStat/Metric/MetricName").asText());
            }
        });

        assertThat(metrics).containsExactly(Metric.WAITING_SECONDS.published(), Metric.WAITING_SECONDS.published());
        assertThat(alarm.path("Threshold").intValue()).isEqualTo(1800);
    }

    /** A function reads the secret again after 30 seconds at the earliest, so one failure in a period is enough. */
    @Test
    void unreadableSecretRaisesTheAlarm() {
        JsonNode alarm = template.resource("SecretUnreadableAlarm").path("Properties");

        assertThat(alarm.path("MetricName").asText()).isEqualTo(Metric.SECRET_UNREADABLE.published());
        assertThat(alarm.path("Statistic").asText()).isEqualTo("Sum");
        assertThat(alarm.path("Threshold").intValue()).isZero();
        assertThat(alarm.path("ComparisonOperator").asText()).isEqualTo("GreaterThanThreshold");
        assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("notBreaching");
    }

    /** CloudWatch looks back a week at most, and over a day at most with periods of less than an hour. */
    @Test
    void noAlarmLooksBackFurtherThanCloudWatchDoes() {
        assertThat(template.all("AWS::CloudWatch::Alarm")).allSatisfy((name, alarm) -> {
            int period = alarm.path("Period")
                    .asInt(alarm.findPath("MetricStat").path("Period").intValue());
            JsonNode periods = alarm.path("EvaluationPeriods");
            int most = periods.has("Ref")
                    ? template.root()
                            .path("Parameters")
                            .path(periods.path("Ref").asText())
                            .path("MaxValue")
                            .intValue()
                    : periods.intValue();

            assertThat(period).as(name).isPositive();
            assertThat(period * most).as(name).isLessThanOrEqualTo(period < 3600 ? 86_400 : 604_800);
        });
    }
}
