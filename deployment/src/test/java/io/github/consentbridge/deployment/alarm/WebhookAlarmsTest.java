package io.github.consentbridge.deployment.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.Side;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The alarms on what senders are answered, and on the functions themselves. */
class WebhookAlarmsTest {
    private static final List<String> OF_FAILURES =
            List.of("WebhookDeploymentAlarm", "ApiErrorsAlarm", "FunctionErrorsAlarm");

    private final DrivenStack stack = new DrivenStack();
    private final DrivenFunctions functions = new DrivenFunctions(stack);

    @AfterEach
    void stop() {
        stack.close();
    }

    private int deliver(Side from) {
        return from == Side.DIDOMI ? deliver(from, DrivenStack.KEY) : deliver(from, DrivenStack.OTHER_KEY);
    }

    private int deliver(Side from, String key) {
        String body = from == Side.DIDOMI
                ? Messages.refusal("ada", stack.clock.instant())
                : Messages.refusalByStaff("00000000-0000-0000-0000-000000000001", "ada", stack.clock.instant());
        return functions.deliver(from, key, body);
    }

    private void assertRinging(String... expected) {
        assertThat(OF_FAILURES.stream().filter(stack::rings)).containsExactlyInAnyOrder(expected);
    }

    @ParameterizedTest
    @EnumSource
    @Exercises({"WebhookDeploymentAlarm", "ApiErrorsAlarm"})
    void versionThatCannotStoreRings(Side from) {
        assertThat(deliver(from)).isEqualTo(202);
        assertRinging();

        stack.queuesTake = false;

        assertThat(deliver(from)).isEqualTo(503);
        assertRinging("WebhookDeploymentAlarm", "ApiErrorsAlarm");
    }

    /** As a version does that may not read the secret. */
    @ParameterizedTest
    @EnumSource
    @Exercises({"WebhookDeploymentAlarm", "ApiErrorsAlarm"})
    void versionThatAnswers503ToEverythingRings(Side from) {
        stack.secretReadable = false;

        assertThat(deliver(from)).isEqualTo(503);
        assertThat(deliver(from, "a-strangers-key-0123456789")).isEqualTo(503);

        assertRinging("WebhookDeploymentAlarm", "ApiErrorsAlarm");
    }

    /** The document is not in the layer; Lambda counts an error, and the API answers 500. */
    @ParameterizedTest
    @EnumSource
    @Exercises({"WebhookDeploymentAlarm", "ApiErrorsAlarm", "FunctionErrorsAlarm"})
    void versionThatDoesNotStartRings(Side from) {
        functions.deploy(from, Map.of("BRIDGE_INTEGRATION", "/opt/none.json"));

        assertThat(deliver(from)).isEqualTo(500);

        assertRinging("WebhookDeploymentAlarm", "ApiErrorsAlarm", "FunctionErrorsAlarm");
    }

    /** Otherwise it would block the deployment that repairs it. */
    @Test
    void failingWorkerDoesNotHoldUpADeployment() {
        try (DrivenStack failing = new DrivenStack(false)) {
            DrivenFunctions unmapped = new DrivenFunctions(failing);
            String refusal = Messages.refusal("ada", failing.clock.instant());
            assertThat(unmapped.deliver(Side.DIDOMI, DrivenStack.KEY, refusal)).isEqualTo(202);

            unmapped.work("DeliveryQueue");

            assertThat(failing.depth("DeliveryQueue")).isEqualTo(1);
            assertThat(failing.rings("FunctionErrorsAlarm")).isTrue();
            assertThat(failing.rings("WebhookDeploymentAlarm")).isFalse();
        }
    }

    /** Only Lambda knows that it refuses calls: no code of ours runs. */
    @Test
    @Exercises("ThrottlesAlarm")
    void refusedCallRings() {
        deliver(Side.DIDOMI);
        assertThat(stack.rings("ThrottlesAlarm")).isFalse();

        stack.samples.add(
                MetricName.of("AWS/Lambda", "Throttles", "FunctionName", "DidomiWebhookFunction"),
                stack.clock.instant(),
                1);

        assertThat(stack.rings("ThrottlesAlarm")).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    @Exercises("RefusedSendersAlarm")
    void changedKeyRings(Side from) {
        for (int call = 0; call < 12; call++) {
            assertThat(deliver(from, "the-key-before-the-change-01234")).isEqualTo(401);
            if (call == 5) {
                assertThat(stack.rings("RefusedSendersAlarm")).isFalse();
                stack.clock.advance(Duration.ofMinutes(5));
            }
        }

        assertThat(stack.rings("RefusedSendersAlarm")).isTrue();
    }

    @Test
    void strangersNowAndThenDoNotRing() {
        for (int period = 0; period < 2; period++) {
            stack.clock.advance(Duration.ofMinutes(5));
            deliver(Side.DIDOMI, "a-strangers-key-0123456789");
            deliver(Side.DYNAMICS, "a-strangers-key-0123456789");
        }

        assertThat(stack.rings("RefusedSendersAlarm")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    @Exercises("SecretUnreadableAlarm")
    void secretThatCannotBeReadAgainRings(Side from) {
        functions.keep(from);
        assertThat(deliver(from)).isEqualTo(202);
        stack.clock.advance(Duration.ofMinutes(6));
        assertThat(deliver(from)).isEqualTo(202);
        assertThat(stack.rings("SecretUnreadableAlarm")).isFalse();

        stack.secretReadable = false;
        stack.clock.advance(Duration.ofMinutes(6));

        assertThat(deliver(from)).as("the last good one serves").isEqualTo(202);
        assertThat(stack.rings("SecretUnreadableAlarm")).isTrue();
        assertThat(stack.rings("WebhookDeploymentAlarm")).isFalse();
    }
}
