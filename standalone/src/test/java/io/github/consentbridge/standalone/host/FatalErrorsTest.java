package io.github.consentbridge.standalone.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.logging.RecordingOutcomeLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FatalErrorsTest {
    private final RecordingOutcomeLog outcomeLog = new RecordingOutcomeLog();
    private final List<Integer> exits = new ArrayList<>();
    private final FatalErrors errors = new FatalErrors(outcomeLog, exits::add);

    private void thread(Throwable end) {
        errors.uncaughtException(new Thread("worker-7"), end);
    }

    @Test
    void errorEndsTheProcessAndSaysWhy() {
        thread(new OutOfMemoryError("Java heap space"));

        assertThat(exits).containsExactly(3);
        assertThat(outcomeLog.recorded)
                .singleElement()
                .asString()
                .contains("process ends", "worker-7", "Java heap space");
    }

    @Test
    void messageOfAnotherErrorIsNotQuoted() {
        thread(new AssertionError("ada@example.org"));

        assertThat(exits).containsExactly(3);
        assertThat(outcomeLog.recorded).singleElement().asString().doesNotContain("ada");
    }

    @Test
    void exceptionIsLoggedOnly() {
        thread(new IllegalStateException("a defect"));

        assertThat(exits).isEmpty();
        assertThat(outcomeLog.recorded).singleElement().asString().contains("thread failed", "worker-7");
    }
}
