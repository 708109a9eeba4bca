package io.github.consentbridge.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.rights.Access;
import io.github.consentbridge.sync.rights.AccessKind;
import io.github.consentbridge.sync.rights.AccessLog;
import io.github.consentbridge.sync.rights.AccessLogContract;
import io.github.consentbridge.sync.rights.Requester;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SqliteAccessLogTest extends AccessLogContract {
    @RegisterExtension
    final DataFolder data = new DataFolder();

    @TempDir
    Path parent;

    @Override
    protected AccessLog accessLog() {
        return data.open(parent, clock).accessLog();
    }

    @Test
    void onlyOldEntriesArePurged() {
        Requester operator = new Requester("operator", Requester.Means.COMMAND_LINE);
        Instant now = clock.instant();
        Access young = new Access(now, AccessKind.LOOKED_AT, "", operator, null);
        accessLog().add(new Access(now.minus(Duration.ofDays(2)), AccessKind.LOOKED_AT, "", operator, null));
        accessLog().add(young);

        assertThat(accessLog().purge(now.minus(Duration.ofDays(1)))).isEqualTo(1);

        assertThat(accessLog().newest(9)).containsExactly(young);
        assertThat(accessLog().purge(now.minus(Duration.ofDays(1)))).isZero();
    }
}
