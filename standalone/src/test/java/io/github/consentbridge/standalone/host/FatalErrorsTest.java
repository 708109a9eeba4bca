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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FatalErrorsTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<Integer> exits = new ArrayList<>();
    private final FatalErrors errors = new FatalErrors(
            new JsonOutcomeLog(new PrintStream(printed, true, UTF_8), Optional::empty, Clock.systemUTC()), exits::add);

    private void thread(Throwable end) {
        thread("http", end);
    }

    private void thread(String name, Throwable end) {
        errors.uncaughtException(new Thread(name), end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"store-writer", "worker-0", "worker-12", "reconciliation"})
    void threadThatMattersEndsTheProcessHoweverItEnds(String name) {
        thread(name, new IllegalStateException("a defect"));

        assertThat(exits).containsExactly(3);
        assertThat(printed.toString(UTF_8)).contains("process ends", name, "IllegalStateException");
    }

    @Test
    void errorEndsTheProcessAndSaysWhy() {
        thread(new OutOfMemoryError("Java heap space"));

        assertThat(exits).containsExactly(3);
        assertThat(printed.toString(UTF_8).lines())
                .singleElement()
                .asString()
                .contains("\"level\":\"error\"", "process ends", "http", "Java heap space");
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
        assertThat(printed.toString(UTF_8)).contains("thread failed", "http");
    }
}
