package io.github.consentbridge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accepted deliveries are not lost: queues, dead-letter queues and workers. */
class QueuesTest {
    private static final int DAY_SECONDS = 24 * 60 * 60;
    private static final int MAX_DELAY_SECONDS = 15 * 60;

    private final Template template = Template.read();
    private final Map<String, JsonNode> queues = template.all("AWS::SQS::Queue");

    /** The dead-letter queues. */
    private Set<String> deadLetterQueues() {
        Set<String> names = new TreeSet<>();
        queues.values().forEach(queue -> {
            JsonNode target = queue.at("/RedrivePolicy/deadLetterTargetArn");
            if (!target.isMissingNode()) {
                names.add(Template.referred(target));
            }
        });
        return names;
    }

    /** The event sources, by the name of the queue that they read. */
    private Map<String, JsonNode> sources() {
        Map<String, JsonNode> sources = new TreeMap<>();
        template.all("AWS::Lambda::EventSourceMapping")
                .values()
                .forEach(source -> sources.put(Template.referred(source.path("EventSourceArn")), source));
        return sources;
    }

    @Test
    void everyQueueHasADeadLetterQueueOrIsOne() {
        Set<String> deadLetterQueues = deadLetterQueues();

        assertThat(deadLetterQueues).hasSize(2).isSubsetOf(queues.keySet());
        assertThat(queues)
                .hasSize(5)
                .allSatisfy((name, queue) -> assertThat(queue.has("RedrivePolicy") || deadLetterQueues.contains(name))
                        .isTrue());
    }

    @Test
    void deadLettersAreKeptForFourteenDays() {
        assertThat(deadLetterQueues())
                .allSatisfy(name -> assertThat(
                                queues.get(name).path("MessageRetentionPeriod").intValue())
                        .isEqualTo(14 * DAY_SECONDS));
    }

    @Test
    void messagesStayHiddenForSixTimeoutsAndTheBatchingWindow() {
        assertThat(sources()).hasSize(3).allSatisfy((queue, source) -> {
            JsonNode function = template.functions().get(Template.referred(source.path("FunctionName")));
            int timeout = function.path("Timeout").intValue();
            int window = source.path("MaximumBatchingWindowInSeconds").intValue();

            assertThat(timeout).isPositive();
            assertThat(queues.get(queue).path("VisibilityTimeout").intValue())
                    .isGreaterThanOrEqualTo(6 * timeout + window);
        });
    }

    @Test
    void oneFailedMessageDoesNotReturnItsBatch() {
        assertThat(sources().values())
                .hasSize(3)
                .allSatisfy(source -> assertThat(
                                source.at("/FunctionResponseTypes/0").asText())
                        .isEqualTo("ReportBatchItemFailures"));
    }

    @Test
    void eventSourceLimitsConcurrency() {
        assertThat(sources().values())
                .allSatisfy(source -> assertThat(
                                source.at("/ScalingConfig/MaximumConcurrency").isMissingNode())
                        .isFalse());
        assertThat(template.functions().values())
                .allSatisfy(function ->
                        assertThat(function.has("ReservedConcurrentExecutions")).isFalse());
    }

    /** The worker postpones by 1, 2, 4 ... seconds up to a quarter of an hour. */
    private long longestWaitSeconds(String queue) {
        int receipts = queues.get(queue).at("/RedrivePolicy/maxReceiveCount").intValue();
        long seconds = 0;
        for (int receipt = 1; receipt < receipts; receipt++) {
            seconds += Math.min(1L << Math.min(receipt - 1, 10), MAX_DELAY_SECONDS);
        }
        return seconds;
    }

    @ParameterizedTest
    @ValueSource(strings = {"DeliveryQueue", "DynamicsDeliveryQueue"})
    void deliveryOutlastsAnOutageOfADay(String queue) {
        assertThat(longestWaitSeconds(queue)).isBetween(2L * DAY_SECONDS, 14L * DAY_SECONDS);
        assertThat(queues.get(queue).path("MessageRetentionPeriod").intValue()).isEqualTo(14 * DAY_SECONDS);
    }

    /** What waits for a paused system is in flight, and a queue hands out no more than 120,000. */
    @Test
    void directionsWaitInQueuesOfTheirOwn() {
        Set<String> ofWebhooks = new TreeSet<>();
        template.functions().forEach((name, function) -> {
            if (name.endsWith("WebhookFunction")) {
                ofWebhooks.add(Template.referred(template.environment(function).get("BRIDGE_QUEUE_URL")));
            }
        });

        assertThat(ofWebhooks).hasSize(2).isSubsetOf(sources().keySet());
        assertThat(ofWebhooks)
                .allSatisfy(queue -> assertThat(
                                Template.referred(sources().get(queue).path("FunctionName")))
                        .isEqualTo("SyncFunction"));
    }

    /** A message that SQS moves to the dead letters keeps the time at which it was sent first. */
    @Test
    void alarmOnOldDeadLettersRingsBeforeOneExpires() {
        JsonNode alarm = template.resource("OldDeadLettersAlarm").path("Properties");
        long rings = alarm.path("Period").longValue()
                * alarm.path("EvaluationPeriods").longValue();
        long left = queues.get("DeadLetterQueue").path("MessageRetentionPeriod").longValue()
                - longestWaitSeconds("DeliveryQueue")
                - rings;

        assertThat(left).isGreaterThan(2L * DAY_SECONDS);
    }

    @Test
    void failedAndUnstartedRunsBecomeDeadLetters() {
        JsonNode function = template.functions().get("ReconciliationFunction");
        Set<String> schedules = new TreeSet<>();

        function.path("Events").properties().forEach(event -> {
            if (event.getValue().path("Type").asText().equals("ScheduleV2")) {
                schedules.add(event.getKey());
                JsonNode schedule = event.getValue().path("Properties");
                assertThat(deadLetterQueues()).contains(Template.referred(schedule.at("/DeadLetterConfig/Arn")));
                assertThat(schedule.at("/RetryPolicy/MaximumEventAgeInSeconds").intValue())
                        .isBetween(60, DAY_SECONDS);
            }
        });
        assertThat(schedules).hasSize(2);
        assertThat(deadLetterQueues())
                .contains(Template.referred(function.at("/EventInvokeConfig/DestinationConfig/OnFailure/Destination")));
    }
}
