package io.github.consentbridge.sync.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.sync.rights.Requester.Means;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every access record promises. */
public abstract class AccessLogContract {
    private static final String GRACE = "1d".repeat(16);

    protected final ManualClock clock = new ManualClock("2026-11-30T23:59:58.123Z");

    /** The same record each time, empty at the start of a test, opened anew where a host can: as another process would. */
    protected abstract AccessLog accessLog();

    private Access access(AccessKind kind, String person, @Nullable String reason) {
        Access access = new Access(clock.instant(), kind, person, new Requester("o'connor", Means.CONSOLE), reason);
        clock.advance(Duration.ofSeconds(1));
        return access;
    }

    @Test
    void newestEntriesComeFirstWhateverTheMonth() {
        Access first = access(AccessKind.LOOKED_AT, GRACE, null);
        Access second = access(AccessKind.ERASED, GRACE, "asked for it on the phone; \u20ac");
        Access third = access(AccessKind.SEARCHED, "", null);
        List.of(first, second, third).forEach(accessLog()::add);

        assertThat(accessLog().newest(10)).containsExactly(third, second, first);
        assertThat(accessLog().newest(2)).containsExactly(third, second);
    }

    @Test
    void recordIsEmptyAtFirst() {
        assertThat(accessLog().newest(10)).isEmpty();
        assertThat(accessLog().of(GRACE)).isEmpty();
    }

    @Test
    void entriesAboutOnePersonAreFoundTheOldestFirst() {
        Access first = access(AccessKind.LOOKED_AT, GRACE, null);
        Access other = access(AccessKind.HASHED, "2e".repeat(16), null);
        Access second = access(AccessKind.EXPORTED, GRACE, null);
        List.of(first, other, second).forEach(accessLog()::add);

        assertThat(accessLog().of(GRACE)).containsExactly(first, second);
    }

    @Test
    void twoEntriesOfOneMomentAreBothKept() {
        Access access = access(AccessKind.LOOKED_AT, GRACE, null);
        accessLog().add(access);
        accessLog().add(access);

        assertThat(accessLog().of(GRACE)).containsExactly(access, access);
    }

    @Test
    void hashIsTheSameForTheSamePerson() {
        String hash = accessLog().hashOf(new OrganizationUserId("grace"));

        assertThat(hash).matches("[0-9a-f]{32}").isEqualTo(accessLog().hashOf(new OrganizationUserId("grace")));
        assertThat(accessLog().hashOf(new OrganizationUserId("ada"))).isNotEqualTo(hash);
    }

    @Test
    void entriesAreKeptForAYearAtLeast() {
        assertThat(AccessLog.kept(0)).isEqualTo(Duration.ofDays(365));
        assertThat(AccessLog.kept(1095)).isEqualTo(Duration.ofDays(1095));
    }
}
