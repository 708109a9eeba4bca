package io.github.consentbridge.deployment.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.deployment.Template;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An alarm counts once it was seen to ring. */
class EveryAlarmIsExercisedTest {
    @Test
    void everyAlarmOfTheTemplateIsMadeToRing() {
        Set<String> exercised = new TreeSet<>();
        Stream.of(WorkerAlarmsTest.class, WebhookAlarmsTest.class, ReconciliationAlarmsTest.class)
                .flatMap(tests -> Stream.of(tests.getDeclaredMethods()))
                .filter(test -> test.isAnnotationPresent(Exercises.class))
                .forEach(test -> exercised.addAll(
                        Set.of(test.getAnnotation(Exercises.class).value())));

        assertThat(exercised)
                .isEqualTo(Template.read().all("AWS::CloudWatch::Alarm").keySet());
    }
}
