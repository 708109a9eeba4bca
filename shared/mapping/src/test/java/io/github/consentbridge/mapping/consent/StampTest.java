package io.github.consentbridge.mapping.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The order of the states of one row. Numbers are seconds. */
class StampTest {
    private static final Instant FUTURE = Instant.parse("2099-01-01T00:00:00Z");

    private static Instant at(int second) {
        return Instant.parse("2026-03-01T08:00:00Z").plusSeconds(second);
    }

    private static Stamp version(long version, int second) {
        return new Stamp(version, at(second));
    }

    private static Stamp unversioned(int second) {
        return version(Choice.UNKNOWN_VERSION, second);
    }

    @Test
    void versionsTellTheOrderWhateverTheTimes() {
        assertThat(version(5, 10).covers(version(4, 20))).isTrue();
        assertThat(version(5, 10).covers(version(5, 20))).isTrue();
        assertThat(version(5, 20).covers(version(6, 10))).isFalse();
    }

    @Test
    void timesTellTheOrderWhereOneVersionIsUnknown() {
        assertThat(unversioned(20).covers(version(5, 20))).isTrue();
        assertThat(unversioned(20).covers(version(5, 21))).isFalse();
        assertThat(version(5, 20).covers(unversioned(20))).isTrue();
        assertThat(version(5, 20).covers(unversioned(21))).isFalse();
        assertThat(unversioned(20).covers(unversioned(19))).isTrue();
    }

    /** Seen later, and still the same state. */
    @Test
    void stateFromTheFutureCoversItself() {
        Stamp first = new Stamp(Choice.UNKNOWN_VERSION, at(20), FUTURE);
        Stamp again = new Stamp(Choice.UNKNOWN_VERSION, at(40), FUTURE);

        assertThat(first.covers(again)).isTrue();
        assertThat(again.asFirstSeen(first)).isEqualTo(first);
        assertThat(first.asFirstSeen(again)).isEqualTo(first);
    }

    @Test
    void anotherStateIsNotDatedAsTheKnownOne() {
        Stamp known = new Stamp(5, at(20), FUTURE);

        assertThat(new Stamp(6, at(40), FUTURE).asFirstSeen(known).at()).isEqualTo(at(40));
        assertThat(new Stamp(5, at(40), FUTURE.plusSeconds(1))
                        .asFirstSeen(known)
                        .at())
                .isEqualTo(at(40));
    }

    @Test
    void stateMayFollowAnotherInTheSameSecondUnlessTheirVersionsTell() {
        assertThat(unversioned(20).mayFollowWithinASecond(version(5, 20))).isTrue();
        assertThat(version(5, 20).mayFollowWithinASecond(unversioned(20))).isTrue();
        assertThat(version(6, 20).mayFollowWithinASecond(version(5, 20))).isTrue();
        assertThat(version(5, 20).mayFollowWithinASecond(version(5, 20))).isFalse();
        assertThat(version(4, 20).mayFollowWithinASecond(version(5, 20))).isFalse();
        assertThat(version(6, 21).mayFollowWithinASecond(version(5, 20))).isFalse();
        assertThat(unversioned(19).mayFollowWithinASecond(version(5, 20))).isFalse();
    }
}
