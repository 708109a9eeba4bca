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
import io.github.consentbridge.sync.reconciliation.StopRule.CountedPage;
import io.github.consentbridge.sync.worker.DeliveryOutcome;
import io.github.consentbridge.sync.worker.SettledPerson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a run may write, if {@code max_change_ratio} is 0.2. */
class StopRuleTest {
    private static final ReconciliationRequest REAL = new ReconciliationRequest(Scan.FULL, false, false, false);

    private final StopRule rule = rule(REAL);

    private static StopRule rule(ReconciliationRequest request) {
        return new StopRule(0.2, request);
    }

    private static List<SettledPerson> changed(int people) {
        return changed(people, true);
    }

    private static List<SettledPerson> changed(int people, boolean settledBefore) {
        Settlement.Change change = new Settlement.Change(
                new ConsentRecordId(new Regulation("gdpr"), new DidomiPath.Purpose("newsletter")),
                null,
                null,
                new Decision(Side.DIDOMI, ConsentValue.of(true), Instant.EPOCH, "d-1"));
        return IntStream.range(0, people)
                .mapToObj(number -> new SettledPerson(
                        new OrganizationUserId("p-" + number),
                        settledBefore,
                        true,
                        true,
                        null,
                        Map.of(),
                        List.of(change),
                        List.of(),
                        List.of(),
                        new DeliveryOutcome.Done()))
                .toList();
    }

    private static boolean mayWrite(StopRule rule, int pass, int rows, List<SettledPerson> people) {
        CountedPage page = new CountedPage(pass, rows);
        rule.count(page, people);
        return rule.mayWrite(page);
    }

    @Test
    void shareUpToTheLimitMayBeWritten() {
        assertThat(mayWrite(rule, 0, 200, changed(40))).isTrue();
        assertThat(rule.stopped()).isEmpty();
    }

    @Test
    void largerShareStopsTheRunWithTheNumbers() {
        assertThat(mayWrite(rule, 0, 200, changed(41))).isFalse();
        assertThat(rule.stopped()).get().asString().contains("41 of 200 rows").contains("(0.2)");
    }

    @Test
    void pagesOfAPassAreCountedTogether() {
        mayWrite(rule, 0, 300, List.of());

        assertThat(mayWrite(rule, 0, 100, changed(80))).isTrue();
    }

    @Test
    void rowsOfAnotherPassDoNotExcuseAnything() {
        mayWrite(rule, 0, 5000, List.of());

        assertThat(mayWrite(rule, 1, 100, changed(21))).isFalse();
        assertThat(rule.stopped()).get().asString().contains("21 of 100 rows");
    }

    @Test
    void stoppedRunStaysStopped() {
        mayWrite(rule, 0, 200, changed(41));

        assertThat(mayWrite(rule, 0, 5000, List.of())).isFalse();
        assertThat(rule.stopped()).get().asString().contains("41 of 200 rows");
    }

    @Test
    void tenChangesAreNeverTooMany() {
        assertThat(mayWrite(rule, 0, 10, changed(10))).isTrue();
        assertThat(mayWrite(rule(REAL), 0, 11, changed(11))).isFalse();
    }

    @Test
    void pageIsCountedOnceHoweverOftenItIsSettled() {
        CountedPage page = new CountedPage(0, 100);
        rule.count(page, changed(15));
        rule.count(page, changed(20));

        assertThat(rule.mayWrite(page)).isTrue();
        rule.count(page, changed(21));
        assertThat(rule.mayWrite(page)).isFalse();
        assertThat(rule.stopped()).get().asString().contains("21 of 100 rows");
    }

    @Test
    void nothingIsJudgedWhileItIsPlanned() {
        rule.count(new CountedPage(0, 50), changed(40));
        CountedPage second = new CountedPage(0, 150);
        rule.count(second, List.of());

        assertThat(rule.mayWrite(second)).isTrue();
    }

    @Test
    void initialRunCountsOnlyPeopleWhoWereSettledBefore() {
        StopRule initial = rule(new ReconciliationRequest(Scan.FULL, false, true, false));

        assertThat(mayWrite(initial, 0, 200, changed(200, false))).isTrue();
        assertThat(mayWrite(initial, 0, 200, changed(200, true))).isFalse();
    }

    @Test
    void forcedRunCountsNoChange() {
        StopRule forced = rule(new ReconciliationRequest(Scan.FULL, false, false, true));

        assertThat(mayWrite(forced, 0, 200, changed(200))).isTrue();
    }

    @Test
    void dryRunNeverWritesAndIsNotStopped() {
        StopRule dry = rule(new ReconciliationRequest(Scan.FULL, true, false, false));

        assertThat(mayWrite(dry, 0, 200, changed(200))).isFalse();
        assertThat(dry.stopped()).isEmpty();
    }
}
