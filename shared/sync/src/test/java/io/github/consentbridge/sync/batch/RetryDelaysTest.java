package io.github.consentbridge.sync.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.worker.DeliveryOutcome.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryDelaysTest {
    @Test
    void recordForWhichASystemFailsIsTriedForMoreThanTwoHours() {
        List<Long> seconds = new ArrayList<>();
        Duration failing = Duration.ZERO;
        Optional<Duration> next = RetryDelays.afterFailure(Patience.HOURS, 1, failing);
        while (next.isPresent()) {
            seconds.add(next.get().toSeconds());
            failing = failing.plus(next.get());
            next = RetryDelays.afterFailure(Patience.HOURS, seconds.size() + 1, failing);
        }

        assertThat(seconds).containsExactly(10L, 40L, 160L, 640L, 900L, 900L, 900L, 900L, 900L, 900L, 900L, 900L);
        assertThat(failing).isGreaterThan(Duration.ofHours(2));
    }

    /** An outage between the attempts is not counted, so both have to be reached. */
    @ParameterizedTest
    @CsvSource({"9, 48, true", "10, 1, true", "10, 2, false", "40, 1, true"})
    void givingUpTakesAttemptsAndTime(int attempts, int hours, boolean goesOn) {
        assertThat(RetryDelays.afterFailure(Patience.HOURS, attempts, Duration.ofHours(hours))
                        .isPresent())
                .isEqualTo(goesOn);
    }

    @Test
    void conflictAfterManyOtherFailuresDoesNotEndThem() {
        assertThat(RetryDelays.afterFailure(Patience.MINUTES, 5, Duration.ofMinutes(14)))
                .isEmpty();
        assertThat(RetryDelays.afterFailure(Patience.MINUTES, 7, Duration.ofMinutes(50)))
                .contains(Duration.ofMinutes(15));
    }
}
