package io.github.consentbridge.sync.isolation;

import static io.github.consentbridge.sync.isolation.FailureOwnership.Owner.RECORD;
import static io.github.consentbridge.sync.isolation.FailureOwnership.Owner.SYSTEM;
import static io.github.consentbridge.sync.isolation.FailureOwnership.Owner.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.http.RemoteException.Kind;
import io.github.consentbridge.connectors.http.RemoteFailure;
import io.github.consentbridge.simulators.http.ManualClock;
import io.github.consentbridge.sync.isolation.FailureOwnership.Owner;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of docs/decisions/whose-failure.md. */
class FailureOwnershipTest {
    private static final Operation WRITE = Operation.CONTACT_WRITE;

    private final ManualClock clock = new ManualClock("2026-03-01T08:00:00Z");
    private final FailureOwnership ownership = new FailureOwnership(clock);
    private boolean answering = true;
    private int probes;

    private static DataverseException failure(Kind kind, int status, String code) {
        return new DataverseException(new RemoteFailure(kind, status, code, "", null), "scripted");
    }

    private Owner fails(Operation operation, String record, boolean besideSuccess) {
        DataverseException failure = failure(Kind.UNAVAILABLE, 500, "");
        ownership.failed(operation, record, failure);
        return ownership.ownerOf(operation, record, failure, besideSuccess, () -> {
            probes++;
            return answering;
        });
    }

    private void succeeds(int records) {
        for (int record = 0; record < records; record++) {
            ownership.succeeded(WRITE, "fine-" + record);
        }
    }

    @ParameterizedTest
    @CsvSource({"THROTTLED, 429, ''", "UNAUTHORIZED, 401, ''", "PERMANENT, 403, ''", "UNAVAILABLE, 0, interrupted"})
    void whatConcernsEverybodyIsTheSystems(Kind kind, int status, String code) {
        DataverseException failure = failure(kind, status, code);
        ownership.failed(WRITE, "ida", failure);

        assertThat(ownership.ownerOf(WRITE, "ida", failure, true, () -> true)).isEqualTo(SYSTEM);
    }

    @Test
    void failureBesideASuccessIsTheRecordsWithoutAProbe() {
        assertThat(fails(WRITE, "ida", true)).isEqualTo(RECORD);
        assertThat(probes).isZero();
    }

    @Test
    void singleFailureIsDecidedByTheProbe() {
        assertThat(fails(WRITE, "ida", false)).isEqualTo(RECORD);
        answering = false;
        assertThat(fails(WRITE, "ida", false)).isEqualTo(SYSTEM);
    }

    @Test
    void severalFailuresWithoutASuccessAreNobodysUntilOneSucceeds() {
        assertThat(fails(WRITE, "ida", false)).isEqualTo(RECORD);
        assertThat(fails(WRITE, "fay", false)).isEqualTo(UNKNOWN);
        assertThat(fails(WRITE, "ida", false)).isEqualTo(UNKNOWN);
        succeeds(1);
        clock.advance(Duration.ofMinutes(15));

        assertThat(fails(WRITE, "ida", false)).isEqualTo(RECORD);
        assertThat(fails(WRITE, "fay", false)).isEqualTo(RECORD);
    }

    @Test
    void successOfAnotherOperationSaysNothing() {
        ownership.succeeded(Operation.CONTACT_READ, "ida");
        fails(WRITE, "ida", false);

        assertThat(fails(WRITE, "fay", false)).isEqualTo(UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"3, 3, RECORD", "3, 4, SYSTEM", "1, 3, RECORD", "2, 3, SYSTEM", "100, 100, RECORD", "100, 101, SYSTEM"})
    void failureOfMoreThanHalfInAMinuteIsTheSystems(int succeeding, int failing, Owner owner) {
        succeeds(succeeding);
        for (int record = 1; record < failing; record++) {
            ownership.failed(WRITE, "bad-" + record, failure(Kind.UNAVAILABLE, 500, ""));
        }

        assertThat(fails(WRITE, "bad", true)).isEqualTo(owner);
    }

    @Test
    void failuresOfAMinuteAgoNoLongerCount() {
        for (int record = 0; record < 9; record++) {
            ownership.failed(WRITE, "bad-" + record, failure(Kind.UNAVAILABLE, 500, ""));
        }
        clock.advance(Duration.ofSeconds(61));
        succeeds(4);

        assertThat(fails(WRITE, "bad", true)).isEqualTo(RECORD);
    }

    @Test
    void recordsThatFailedBesideOthersDoNotMakeAnOutage() {
        succeeds(20);
        for (int record = 0; record < 9; record++) {
            fails(WRITE, "bad-" + record, true);
        }
        clock.advance(Duration.ofMinutes(20));

        for (int record = 0; record < 9; record++) {
            assertThat(fails(WRITE, "bad-" + record, false)).isEqualTo(RECORD);
        }
    }

    @Test
    void recordIsTriedApartOnlyIfItHarmsOthersAndUntilItSucceeds() {
        fails(WRITE, "part", true);
        ownership.failed(WRITE, "hanging", failure(Kind.UNAVAILABLE, 0, "network"));
        fails(Operation.CONTACT_READ, "unreadable", true);

        assertThat(ownership.isTriedApart("part")).isFalse();
        assertThat(ownership.failsAloneOnly("part")).isTrue();
        assertThat(ownership.isTriedApart("hanging")).isTrue();
        assertThat(ownership.isTriedApart("unreadable")).isTrue();
        ownership.succeeded(Operation.CONTACT_READ, "unreadable");
        assertThat(ownership.isTriedApart("unreadable")).isFalse();
    }

    @Test
    void failingRecordsAreForgottenAfterAnHourAndBeyondAThousand() {
        fails(Operation.CONTACT_READ, "old", true);
        clock.advance(Duration.ofMinutes(61));
        fails(Operation.CONTACT_READ, "first", true);
        assertThat(ownership.isTriedApart("old")).isFalse();

        for (int record = 0; record < 1000; record++) {
            fails(Operation.CONTACT_READ, "bad-" + record, true);
        }
        assertThat(ownership.isTriedApart("first")).isFalse();
        assertThat(ownership.isTriedApart("bad-999")).isTrue();
    }
}
