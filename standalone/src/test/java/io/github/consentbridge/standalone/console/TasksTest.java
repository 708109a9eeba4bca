package io.github.consentbridge.standalone.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.standalone.console.task.ConsoleTask;
import io.github.consentbridge.standalone.console.task.Tasks;
import io.github.consentbridge.sync.logging.JsonOutcomeLog;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TasksTest {
    @TempDir
    Path folder;

    private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    private final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");
    private final List<String> shown = new CopyOnWriteArrayList<>();

    /** What the page is told; the first time, the thread that reports it dies. */
    private void show(ConsoleTask task) {
        shown.add(task.json().path("state").asText());
        if (shown.size() == 1) {
            // Of this thread only: a bridge that another test has started would end the process.
            Thread.currentThread().setUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
            throw new StackOverflowError("of the test");
        }
    }

    @Test
    void taskWhoseThreadDiesHasFailedAndKeepsNoOtherFromStarting() throws Exception {
        try (Simulators simulators = Simulators.start(clock);
                HostSubject subject = new HostSubject(
                        TestPlaces.in(folder, simulators),
                        clock,
                        new JsonOutcomeLog(new PrintStream(OutputStream.nullOutputStream()), clock))) {
            Tasks tasks = new Tasks(subject, clock, this::show, (checks, at) -> {});

            ConsoleTask died = tasks.checks().orElseThrow();
            tasks.close(); // Waits for the thread.

            assertThat(died.json().path("state").asText()).isEqualTo("failed");
            assertThat(died.json().path("sentence").asText()).contains("start it again");
            assertThat(shown).containsExactly("running", "failed");
            assertThat(uncaught).hasOnlyElementsOfType(StackOverflowError.class).hasSize(1);
            assertThat(tasks.checks()).isPresent();
            tasks.close();
        }
    }
}
