package io.github.consentbridge.sync.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Secret;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** How lines are printed. */
class JsonOutcomeLogTest {
    private static final String START =
            "{\"at\":\"2026-10-10T10:00:00Z\",\"level\":\"info\",\"service\":\"consent-bridge\",\"outcome\":\"tried\"";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final JsonOutcomeLog outcomeLog = new JsonOutcomeLog(
            new PrintStream(printed, true, UTF_8),
            Secret.of("a-log-key"),
            Clock.fixed(Instant.parse("2026-10-10T10:00:00Z"), ZoneOffset.UTC));

    @Test
    void factsArePrintedInTheOrderInWhichTheyAreNamed() {
        LogFields fields = LogFields.of("zulu", 1).and("alpha", "b").and("mike", true);

        outcomeLog.log("tried", null, fields.and("echo", null).and("bravo", 2));

        assertThat(printed.toString(UTF_8))
                .isEqualTo(START + ",\"zulu\":1,\"alpha\":\"b\",\"mike\":true,\"echo\":null,\"bravo\":2}\n");
    }

    @Test
    void factsStayAsTheyAreWhenOneIsAdded() {
        LogFields fields = LogFields.of("side", "didomi");
        fields.and("status", 401);

        outcomeLog.log("tried", null, fields);

        assertThat(printed.toString(UTF_8)).isEqualTo(START + ",\"side\":\"didomi\"}\n");
    }

    @Test
    void withoutFactsTheOutcomeStandsAlone() {
        outcomeLog.log("tried", null, LogFields.none());

        assertThat(printed.toString(UTF_8)).isEqualTo(START + "}\n");
    }
}
