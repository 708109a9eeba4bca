package io.github.consentbridge.standalone.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FatalErrorsTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<Integer> exits = new ArrayList<>();
    private final FatalErrors errors = new FatalErrors(
            new JsonOutcomeLog(new PrintStream(printed, true, UTF_8), Optional::empty, Clock.systemUTC()), exits::add);

    private void thread(Throwable end) {
        errors.uncaughtException(new Thread("worker-7"), end);
    }

    @Test
    void errorEndsTheProcessAndSaysWhy() {
        thread(new OutOfMemoryError("Java heap space"));

        assertThat(exits).containsExactly(3);
        assertThat(printed.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .contains("\"level\":\"error\"", "process ends", "worker-7", "Java heap space");
    }

    @Test
    void messageOfAnotherErrorIsNotQuoted() {
        thread(new AssertionError("ada@example.org"));

        assertThat(exits).containsExactly(3);
        assertThat(printed.toString(UTF_8)).contains("AssertionError").doesNotContain("ada");
    }

    @Test
    void exceptionIsLoggedOnly() {
        thread(new IllegalStateException("a defect"));

        assertThat(exits).isEmpty();
        assertThat(printed.toString(UTF_8)).contains("thread failed", "worker-7");
    }
}
