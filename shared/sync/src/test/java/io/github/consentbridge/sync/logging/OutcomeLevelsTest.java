package io.github.consentbridge.sync.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which lines are printed, and at which level. */
class OutcomeLevelsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| (info|warn|error) \\|");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private JsonOutcomeLog log(String level) {
        return new JsonOutcomeLog(
                new PrintStream(printed, true, UTF_8),
                Optional::empty,
                Clock.systemUTC(),
                LogLevel.of(Map.of("BRIDGE_LOG_LEVEL", level)));
    }

    static List<List<String>> documented() throws IOException {
        return ROW.matcher(Files.readString(Path.of("../../docs/logs.md")))
                .results()
                .map(OutcomeLevelsTest::cells)
                .toList();
    }

    private static List<String> cells(MatchResult row) {
        return List.of(row.group(1), row.group(2));
    }

    @ParameterizedTest
    @MethodSource("documented")
    void outcomeHasItsDocumentedLevel(List<String> row) {
        LogLevel level = LogLevel.valueOf(row.get(1).toUpperCase(Locale.ROOT));

        assertThat(List.of(OutcomeLevels.of(row.get(0)), OutcomeLevels.ofFault(row.get(0))))
                .contains(level);
    }

    @ParameterizedTest
    @CsvSource({"info, 3", "WARN, 2", "error, 1", "'', 3"})
    void lowerLevelsAreNotPrinted(String level, int lines) {
        JsonOutcomeLog log = log(level);

        log.log("updated", null, LogFields.none());
        log.log("paused", null, LogFields.none());
        log.fault("batch failed", new IllegalStateException(), LogFields.none());

        assertThat(printed.toString(UTF_8).lines()).hasSize(lines);
    }

    @Test
    void levelMayDependOnMoreThanTheName() {
        log("error").log(LogLevel.ERROR, "paused", null, LogFields.none());

        assertThat(printed.toString(UTF_8)).contains("\"level\":\"error\"", "\"outcome\":\"paused\"");
    }

    @Test
    void otherLevelsAreRefusedWithTheValidOnes() {
        assertThatThrownBy(() -> log("verbose")).hasMessage("BRIDGE_LOG_LEVEL must be one of info, warn, error");
    }
}
