package io.github.consentbridge.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.aws.Emulators;
import io.github.consentbridge.sync.rights.Access;
import io.github.consentbridge.sync.rights.AccessKind;
import io.github.consentbridge.sync.rights.AccessLog;
import io.github.consentbridge.sync.rights.AccessLogContract;
import io.github.consentbridge.sync.rights.Requester;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DynamoAccessLogTest extends AccessLogContract {
    private static final Duration KEPT = Duration.ofDays(400);

    private final String table = Emulators.newTable();
    private final String histories = Emulators.newHistoryTable();

    @Override
    protected AccessLog accessLog() {
        return Emulators.table(table).accessLog(histories, () -> KEPT, clock);
    }

    @Test
    void entryExpiresAndHasNothingOfThePersonButTheHash() {
        Instant now = clock.instant();
        Requester operator = new Requester("operator", Requester.Means.COMMAND_LINE);
        accessLog().add(new Access(now, AccessKind.ERASED, "1d".repeat(16), operator, "asked"));

        assertThat(Emulators.items(histories)).singleElement().satisfies(item -> {
            assertThat(item).containsOnlyKeys("id", "n", "record", "person", "expires_at");
            assertThat(item.get("id").s()).isEqualTo("access:2026-11");
            assertThat(item.get("expires_at").n())
                    .isEqualTo(Long.toString(now.plus(KEPT).getEpochSecond() + 1));
        });
    }

    @Test
    void entryOfThirteenMonthsAgoIsStillFound() {
        Access old = new Access(
                clock.instant(),
                AccessKind.LOOKED_AT,
                "1d".repeat(16),
                new Requester("operator", Requester.Means.COMMAND_LINE),
                null);
        accessLog().add(old);
        clock.advance(Duration.ofDays(395));

        assertThat(accessLog().newest(1)).containsExactly(old);
        assertThat(accessLog().of("1d".repeat(16))).containsExactly(old);
    }
}
