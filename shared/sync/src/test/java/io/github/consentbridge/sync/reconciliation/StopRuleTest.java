package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.mapping.settle.Settlement;
import io.github.consentbridge.sync.logging.RecordingOutcomeLog;
import io.github.consentbridge.sync.worker.DeliveryOutcome;
import io.github.consentbridge.sync.worker.SettledPerson;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a run may write, if {@code max_change_ratio} is 0.2. */
class StopRuleTest {
    private static final ReconciliationRequest REAL = new ReconciliationRequest(Scan.FULL, false, false, false);

    private final RecordingOutcomeLog outcomeLog = new RecordingOutcomeLog();

    private StopRule rule(ReconciliationRequest request) {
        return new StopRule(0.2, request, outcomeLog);
    }

    private static List<SettledPerson> changed(int people, boolean known) {
        Settlement.Change change = new Settlement.Change(
                new ConsentRecordId(new Regulation("gdpr"), new DidomiPath.Purpose("newsletter")),
                null,
                null,
                new Decision(Side.DIDOMI, ConsentValue.of(true), Instant.EPOCH, "d-1"));
        SettledPerson person = new SettledPerson(
                new OrganizationUserId("ada"),
                known,
                true,
                true,
                null,
                List.of(change),
                List.of(),
                List.of(),
                new DeliveryOutcome.Done());
        return Collections.nCopies(people, person);
    }

    @Test
    void shareUpToTheLimitMayBeWritten() {
        StopRule rule = rule(REAL);

        rule.count(200, changed(40, true));

        assertThat(rule.mayWrite()).isTrue();
        assertThat(rule.stopped()).isEmpty();
    }

    @Test
    void largerShareStopsTheRunWithTheNumbers() {
        StopRule rule = rule(REAL);

        rule.count(200, changed(41, true));

        assertThat(rule.mayWrite()).isFalse();
        assertThat(rule.stopped()).get().asString().contains("41 of 200 rows").contains("(0.2)");
        assertThat(outcomeLog.recorded)
                .singleElement()
                .asString()
                .startsWith("reconciliation stopped")
                .contains("41 of 200 rows");
    }

    @Test
    void pagesAreCountedTogether() {
        StopRule rule = rule(REAL);

        rule.count(300, List.of());
        rule.count(100, changed(80, true));

        assertThat(rule.mayWrite()).isTrue();
    }

    @Test
    void stoppedRunStaysStopped() {
        StopRule rule = rule(REAL);

        rule.count(200, changed(41, true));
        rule.count(5000, List.of());

        assertThat(rule.mayWrite()).isFalse();
        assertThat(rule.stopped()).get().asString().contains("41 of 200 rows");
    }

    @Test
    void shareOfFewRowsDoesNotCount() {
        StopRule rule = rule(REAL);

        rule.count(199, changed(199, true));

        assertThat(rule.mayWrite()).isTrue();
    }

    @Test
    void initialRunCountsOnlyPeopleWithALedgerEntry() {
        StopRule rule = rule(new ReconciliationRequest(Scan.FULL, false, true, false));

        rule.count(200, changed(200, false));

        assertThat(rule.mayWrite()).isTrue();
        rule.count(200, changed(200, true));
        assertThat(rule.mayWrite()).isFalse();
    }

    @Test
    void forcedRunCountsNoChange() {
        StopRule rule = rule(new ReconciliationRequest(Scan.FULL, false, false, true));

        rule.count(200, changed(200, true));

        assertThat(rule.mayWrite()).isTrue();
    }

    @Test
    void dryRunNeverWritesAndIsNotStopped() {
        StopRule rule = rule(new ReconciliationRequest(Scan.FULL, true, false, false));

        rule.count(200, changed(200, true));

        assertThat(rule.mayWrite()).isFalse();
        assertThat(rule.stopped()).isEmpty();
    }
}
