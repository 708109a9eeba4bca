package io.github.consentbridge.deployment.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.aws.Emulators;
import io.github.consentbridge.aws.sqs.SqsDepth;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The alarms on the scans of the reconciliation. */
class ReconciliationAlarmsTest {
    private static final String FULL = "{\"scan\": \"full\"}";
    private static final String CHANGES = "{\"scan\": \"dynamics\"}";

    private final DrivenStack stack = new DrivenStack();
    private final DrivenFunctions functions = new DrivenFunctions(stack);

    @AfterEach
    void stop() {
        stack.close();
    }

    private void refuseUsers() {
        stack.simulators.didomi().faults().always(RouteKind.READ_USERS, Fault.status(401));
    }

    @Test
    @Exercises({"NoFullScanAlarm", "FunctionErrorsAlarm"})
    void fullScanThatFailsRingsAlthoughTheScanOfChangesSucceeds() {
        stack.person("ada");
        assertThat(functions.reconcile(FULL)).isFalse();
        assertThat(functions.reconcile(CHANGES)).isFalse();
        refuseUsers();
        for (int hour = 1; hour <= 27; hour++) {
            assertThat(stack.rings("NoFullScanAlarm")).as("hour " + hour).isFalse();
            stack.clock.advance(Duration.ofHours(1));
            assertThat(functions.reconcile(CHANGES)).isFalse();
        }
        assertThat(stack.rings("FunctionErrorsAlarm")).isFalse();
        assertThat(functions.reconcile(FULL)).isTrue();

        assertThat(stack.rings("NoFullScanAlarm")).isTrue();
        assertThat(stack.rings("NoReconciliationAlarm")).isFalse();
        assertThat(stack.rings("FunctionErrorsAlarm")).isTrue();
        stack.simulators.didomi().faults().clear();
        functions.reconcile(FULL);
        assertThat(stack.rings("NoFullScanAlarm")).isFalse();
    }

    @Test
    @Exercises("NoReconciliationAlarm")
    void hoursWithoutAScanRing() {
        functions.reconcile(CHANGES);
        assertThat(stack.rings("NoReconciliationAlarm")).isFalse();

        stack.clock.advance(Duration.ofHours(2));

        assertThat(stack.rings("NoReconciliationAlarm")).isTrue();
        functions.reconcile(FULL);
        assertThat(stack.rings("NoReconciliationAlarm"))
                .as("a full scan reads the changes, too")
                .isFalse();
    }

    @Test
    void metricsOfAnotherStackSilenceNoAlarm() {
        stack.samples.addPrinted("""
                {"_aws":{"Timestamp":%d,"CloudWatchMetrics":[{"Namespace":"ConsentBridge",\
                "Dimensions":[["stack","scan"]],"Metrics":[{"Name":"Reconciled"}]}]},\
                "stack":"another","scan":"full","Reconciled":1}""".formatted(stack.clock.instant().toEpochMilli()));

        assertThat(stack.rings("NoFullScanAlarm")).isTrue();
    }

    /** SQS moves the message of a run that fails five times; that it measures the queue is its part, too. */
    @Test
    @Exercises("ReconciliationDeadLettersAlarm")
    void continuedRunThatKeepsFailingRings() {
        send(FULL);
        refuseUsers();
        for (int receive = 1; receive <= 6; receive++) {
            stack.measureQueues();
            assertThat(stack.rings("ReconciliationDeadLettersAlarm")).isFalse();
            functions.continueReconciliation();
        }
        stack.measureQueues();

        assertThat(stack.rings("ReconciliationDeadLettersAlarm")).isTrue();
    }

    /** It is a new message each time, which SQS never moves. */
    @Test
    void continuedRunThatWaitsForAnotherDoesNotRing() {
        String part = "{\"run\": \"r\", \"part\": 1, \"request\": " + FULL + "}";
        stack.runs()
                .lease("another", stack.clock.instant(), stack.clock.instant().plusSeconds(600));
        send(part);
        for (int receive = 1; receive <= 6; receive++) {
            functions.continueReconciliation();
        }
        stack.measureQueues();

        assertThat(stack.counts("ReconciliationQueue")).as("delayed").isEqualTo(new SqsDepth.Counts(1, 0));
        assertThat(stack.rings("ReconciliationDeadLettersAlarm")).isFalse();
    }

    private void send(String body) {
        Emulators.sqs()
                .sendMessage(request ->
                        request.queueUrl(stack.queue("ReconciliationQueue")).messageBody(body));
    }
}
