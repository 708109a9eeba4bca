package io.github.consentbridge.standalone.activity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.sync.logging.Metric;
import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ActivityCountsTest {
    private final ManualClock clock = new ManualClock("2026-10-02T08:00:30Z");
    private final ActivityCounts counts = new ActivityCounts(clock);

    private void count(Metric metric, double amount) {
        counts.count(metric, Side.DYNAMICS, amount);
    }

    @Test
    void eachMinuteHasItsOwnCounts() {
        count(Metric.DELIVERIES_ACCEPTED, 1);
        count(Metric.DELIVERIES_ACCEPTED, 1);
        clock.advance(Duration.ofMinutes(2));
        count(Metric.CONTACTS_UPDATED, 1);
        count(Metric.CONTACTS_CREATED, 1);
        count(Metric.EVENTS_POSTED, 1);
        count(Metric.SUPERSEDED, 1);

        JsonNode hour = counts.json(60);

        assertThat(hour.path("from").asText()).isEqualTo("2026-10-02T07:03:00Z");
        assertThat(hour.at("/deliveries/accepted")).hasSize(60);
        assertThat(hour.at("/deliveries/accepted/57").asInt()).isEqualTo(2);
        assertThat(hour.at("/deliveries/accepted/58").asInt()).isZero();
        assertThat(hour.at("/applied/contacts/59").asInt()).isEqualTo(2);
        assertThat(hour.at("/applied/events/59").asInt()).isEqualTo(1);
    }

    @Test
    void whatWasBeforeTheStartIsNotKnown() {
        JsonNode hour = counts.json(60);

        assertThat(hour.at("/deliveries/accepted/58").isNull()).isTrue();
        assertThat(hour.at("/deliveries/accepted/59").asInt()).isZero();
        assertThat(hour.at("/queue/depth/59").isNull()).isTrue();
        assertThat(hour.at("/propagation/p50/59").isNull()).isTrue();
    }

    @Test
    void minutesOfYesterdayAreReplaced() {
        count(Metric.DELIVERIES_ACCEPTED, 1);
        clock.advance(Duration.ofDays(1));

        JsonNode day = counts.json(1440);

        assertThat(day.at("/deliveries/accepted"))
                .hasSize(1440)
                .allSatisfy(count -> assertThat(count.asInt()).isZero());
    }

    @Test
    void percentilesAreRightWithinATenth() {
        for (int millis = 1; millis <= 1000; millis++) {
            count(Metric.PROPAGATION_SECONDS, millis * 0.01);
        }

        JsonNode propagation = counts.json(60).path("propagation");

        assertThat(propagation.at("/p50/59").asDouble()).isCloseTo(5, Percentage.withPercentage(10));
        assertThat(propagation.at("/p99/59").asDouble()).isCloseTo(9.9, Percentage.withPercentage(10));
    }

    @Test
    void anyTimeHasItsPlace() {
        count(Metric.PROPAGATION_SECONDS, 0);
        count(Metric.PROPAGATION_SECONDS, -3);
        count(Metric.PROPAGATION_SECONDS, 1e12);

        assertThat(counts.json(60).at("/propagation/p50/59").asDouble()).isEqualTo(0.01);
    }

    @Test
    void queueIsAsItWasSeenLast() throws Exception {
        counts.sample(new JsonMapper().readTree("{\"queue\":{\"depth\":7,\"oldest_seconds\":90}}"));
        counts.sample(new JsonMapper().readTree("{\"queue\":{\"depth\":5,\"oldest_seconds\":30}}"));
        counts.sample(new JsonMapper().readTree("{\"queue\":{\"depth\":null,\"oldest_seconds\":null}}"));

        assertThat(counts.json(60).at("/queue/depth/59").asInt()).isEqualTo(5);
        assertThat(counts.json(60).at("/queue/oldest_seconds/59").asInt()).isEqualTo(30);
    }
}
