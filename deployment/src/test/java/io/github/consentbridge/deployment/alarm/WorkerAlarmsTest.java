package io.github.consentbridge.deployment.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.aws.EmulatedServices;
import io.github.consentbridge.aws.sqs.SqsDepth;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The alarms on what becomes of accepted deliveries. */
class WorkerAlarmsTest {
    private final DrivenStack stack = new DrivenStack();
    private final DrivenFunctions functions = new DrivenFunctions(stack);

    @AfterEach
    void stop() {
        stack.close();
    }

    private void deliver(String person) {
        int status = functions.deliver(Side.DIDOMI, DrivenStack.KEY, Messages.refusal(person, stack.clock.instant()));
        assertThat(status).isEqualTo(202);
    }

    /** A delivery for a key that two contacts have is a dead letter at once. Returns one of the contacts. */
    private UUID deliverWhatIsAmbiguous() {
        stack.person("ada");
        UUID second = stack.person("ada");
        deliver("ada");
        functions.work("DeliveryQueue");
        assertThat(stack.depth("DeadLetterQueue")).isEqualTo(1);
        return second;
    }

    private void replayAll() {
        EmulatedServices.replayAll(stack.queue("DeadLetterQueue"), stack.queue("DeliveryQueue"));
    }

    @Test
    @Exercises("DeadLettersAlarm")
    void deadLetterRings() {
        stack.person("grace");
        deliver("grace");
        functions.work("DeliveryQueue");
        stack.measureQueues();
        assertThat(stack.rings("DeadLettersAlarm")).isFalse();

        deliverWhatIsAmbiguous();
        stack.measureQueues();

        assertThat(stack.rings("DeadLettersAlarm")).isTrue();
    }

    /** Also when the letters were looked at each day, which SQS's own age of the oldest message would not survive. */
    @Test
    @Exercises("OldDeadLettersAlarm")
    void deadLetterOfSixDaysRings() {
        deliverWhatIsAmbiguous();
        for (int day = 1; day <= 6; day++) {
            assertThat(stack.rings("OldDeadLettersAlarm")).as("day " + day).isFalse();
            stack.clock.advance(Duration.ofDays(1));
            assertThat(EmulatedServices.receive(stack.queue("DeadLetterQueue"))).hasSize(1);
            stack.measureQueues();
        }

        assertThat(stack.rings("OldDeadLettersAlarm")).isTrue();
    }

    @Test
    void replayedDeadLetterDoesNotRingAsAnOldOne() {
        UUID second = deliverWhatIsAmbiguous();
        for (int day = 1; day <= 6; day++) {
            stack.clock.advance(Duration.ofDays(1));
            if (day == 3) {
                stack.simulators.dataverse().deleteContact(second);
                replayAll();
                functions.work("DeliveryQueue");
            }
            stack.measureQueues();
        }

        assertThat(stack.depth("DeadLetterQueue")).isZero();
        assertThat(stack.rings("OldDeadLettersAlarm")).isFalse();
    }

    @Test
    @Exercises("OldestDeliveryAlarm")
    void deliveryThatWaitsForDataverseRings() {
        deliver("ada");
        stack.simulators.dataverse().faults().always(RouteKind.FIND_CONTACTS, Fault.throttled(Duration.ofMinutes(10)));
        stack.clock.advance(Duration.ofMinutes(29));
        functions.work("DeliveryQueue");
        assertThat(stack.rings("OldestDeliveryAlarm")).isFalse();

        deliver("grace");
        stack.clock.advance(Duration.ofMinutes(31));
        functions.work("DeliveryQueue");

        assertThat(stack.rings("OldestDeliveryAlarm")).isTrue();
    }

    /** In the other direction, and out of the other queue: this one waits, and that of Didomi is applied. */
    @Test
    @Exercises("OldestDeliveryAlarm")
    void deliveryThatWaitsForDidomiRingsAndHoldsUpNoneFromDidomi() {
        UUID grace = stack.person("grace");
        UUID ada = stack.person("ada");
        String refusal = Messages.refusalByStaff(ada.toString(), "ada", stack.clock.instant());
        assertThat(functions.deliver(Side.DYNAMICS, DrivenStack.OTHER_KEY, refusal))
                .isEqualTo(202);
        stack.simulators.didomi().faults().always(RouteKind.READ_USERS, Fault.throttled(Duration.ofMinutes(10)));
        stack.clock.advance(Duration.ofMinutes(31));
        deliver("grace");

        functions.work("DynamicsDeliveryQueue");
        functions.work("DeliveryQueue");

        assertThat(stack.rings("OldestDeliveryAlarm")).isTrue();
        assertThat(stack.counts("DynamicsDeliveryQueue")).as("hidden").isEqualTo(new SqsDepth.Counts(0, 1));
        assertThat(stack.counts("DeliveryQueue")).as("finished").isEqualTo(new SqsDepth.Counts(0, 0));
        assertThat(stack.simulators.dataverse().contact(grace)).containsEntry("new_newsletter", false);
    }

    /** SQS measures the age; what the code does to it is to leave the message where it is, or to finish it. */
    @Test
    @Exercises("UntouchedDeliveryAlarm")
    void deliveryThatNoWorkerReceivesRings() {
        stack.person("ada");
        deliver("ada");
        stack.clock.advance(Duration.ofMinutes(31));
        measureAges();
        assertThat(stack.rings("UntouchedDeliveryAlarm")).isTrue();

        functions.work("DeliveryQueue");
        stack.clock.advance(Duration.ofMinutes(5));
        measureAges();

        assertThat(stack.rings("UntouchedDeliveryAlarm")).isFalse();
    }

    private void measureAges() {
        for (String queue : new String[] {"DeliveryQueue", "DynamicsDeliveryQueue"}) {
            long age = stack.depth(queue) == 0 ? 0 : Duration.ofMinutes(31).toSeconds();
            stack.samples.add(
                    MetricName.of("AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", queue),
                    stack.clock.instant(),
                    (double) age);
        }
    }
}
