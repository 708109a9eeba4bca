package io.github.consentbridge.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchOptionsTest {
    private final StringWriter text = new StringWriter();
    private final PrintWriter out = new PrintWriter(text);
    private final List<Duration> waits = new ArrayList<>();

    private int report() {
        out.println("report");
        return 1;
    }

    private void sleepTwice(Duration time) throws InterruptedException {
        waits.add(time);
        if (waits.size() == 2) {
            throw new InterruptedException("stopped");
        }
    }

    @Test
    void reportIsPrintedOnceWithItsExitCode() throws Exception {
        assertThat(WatchOptions.repeat(null, out, this::report, this::sleepTwice, true))
                .isEqualTo(1);

        assertThat(text.toString().lines()).containsExactly("report");
        assertThat(waits).isEmpty();
    }

    @Test
    void reportIsRepeatedWithItsTimeUntilItIsStopped() {
        assertThatThrownBy(
                        () -> WatchOptions.repeat(Duration.ofSeconds(30), out, this::report, this::sleepTwice, false))
                .isInstanceOf(InterruptedException.class);

        assertThat(text.toString()).matches("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\\Rreport\\R){2}");
        assertThat(waits).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(30));
    }

    @Test
    void screenOfATerminalIsClearedBeforeEachReport() {
        assertThatThrownBy(() -> WatchOptions.repeat(Duration.ofSeconds(30), out, this::report, this::sleepTwice, true))
                .isInstanceOf(InterruptedException.class);

        assertThat(text.toString()).containsPattern("^\u001b\\[H\u001b\\[2J\\d{4}");
    }
}
