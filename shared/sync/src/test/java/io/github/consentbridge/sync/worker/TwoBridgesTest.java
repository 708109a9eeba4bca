package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.worker.TwoBridges.Site;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What staff of one Dynamics environment decide reaches the other one through Didomi, and stays. */
class TwoBridgesTest {
    private static final String PERSON = "ada";

    private TwoBridges bridges;
    private UUID inOne;
    private UUID inOther;

    static Stream<List<String>> columns() {
        return Stream.of(List.of(Systems.NEWS), List.of(Systems.NO_NEWS), List.of(Systems.NEWS, Systems.NO_NEWS));
    }

    /** The newsletter is granted in Didomi and in both environments. */
    private void start(List<String> mappings) {
        bridges = new TwoBridges(Systems.document("\"bidirectional\": true,", mappings.toArray(String[]::new)));
        inOne = bridges.one.systems.contact(PERSON);
        inOther = bridges.other.systems.contact(PERSON);
        bridges.loseAll();
        bridges.choose(PERSON, true);
        bridges.runUntilNothingIsPending();
        later();
        assertNewsletter(true);
    }

    @AfterEach
    void stop() {
        bridges.close();
    }

    private void later() {
        bridges.one.systems.clock.advance(Duration.ofMinutes(1));
    }

    private void decideInOne(boolean granted) {
        bridges.one.decide(inOne, granted);
        later();
    }

    private void decideInOther(boolean granted) {
        bridges.other.decide(inOther, granted);
        later();
    }

    private void assertNewsletter(boolean granted) {
        assertThat(bridges.didomi.enabled(PERSON, "newsletter")).as("Didomi").hasValue(granted);
        assertThat(bridges.one.shown(inOne)).as("one environment").containsOnly(granted);
        assertThat(bridges.other.shown(inOther)).as("the other environment").containsOnly(granted);
    }

    private void assertStable() {
        bridges.one.loop.assertStable(PERSON);
        bridges.other.loop.assertStable(PERSON);
    }

    private long events() {
        return bridges.didomi.counters().eventsCreated();
    }

    @ParameterizedTest
    @MethodSource("columns")
    void decisionInOneEnvironmentReachesTheOther(List<String> mappings) {
        start(mappings);

        decideInOne(false);
        bridges.runUntilNothingIsPending();

        assertNewsletter(false);
        assertThat(events()).isEqualTo(1);
        assertStable();
    }

    @ParameterizedTest
    @MethodSource("columns")
    void environmentsOverruleEachOtherInTurn(List<String> mappings) {
        start(mappings);

        for (int turn = 0; turn < 6; turn++) {
            boolean granted = turn % 2 == 1;
            if (turn % 4 < 2) {
                decideInOne(granted);
            } else {
                decideInOther(granted);
            }
            bridges.runUntilNothingIsPending();
            later();

            assertNewsletter(granted);
            assertThat(events()).as("an event for each decision").isEqualTo(turn + 1L);
        }
        assertStable();
    }

    @ParameterizedTest
    @MethodSource("columns")
    void laterDecisionStandsWhereBothArriveTogether(List<String> mappings) {
        start(mappings);

        decideInOther(false);
        decideInOther(true);
        decideInOne(false);
        bridges.runUntilNothingIsPending();

        assertNewsletter(false);
        assertThat(events()).isLessThanOrEqualTo(3);
        assertStable();
    }

    @ParameterizedTest
    @MethodSource("columns")
    void sameDecisionInTheSameSecondIsAgreedOn(List<String> mappings) {
        start(mappings);

        bridges.one.decide(inOne, false);
        bridges.other.decide(inOther, false);
        later();
        bridges.runUntilNothingIsPending();
        assertNewsletter(false);
        decideInOther(true);
        bridges.runUntilNothingIsPending();

        assertNewsletter(true);
        assertThat(events()).isLessThanOrEqualTo(3);
        assertStable();
    }

    @ParameterizedTest
    @MethodSource("columns")
    void refusalStandsAgainstAGrantInTheSameSecond(List<String> mappings) {
        start(mappings);
        decideInOther(false);

        bridges.one.decide(inOne, false);
        bridges.other.decide(inOther, true);
        later();
        bridges.runUntilNothingIsPending();

        assertNewsletter(false);
        assertThat(events()).isLessThanOrEqualTo(3);
        assertStable();
    }

    @ParameterizedTest
    @MethodSource("columns")
    void personOverrulesBothEnvironments(List<String> mappings) {
        start(mappings);
        decideInOne(false);
        bridges.runUntilNothingIsPending();

        later();
        bridges.choose(PERSON, true);
        bridges.runUntilNothingIsPending();

        assertNewsletter(true);
        assertThat(events()).isEqualTo(1);
        assertStable();
    }

    @ParameterizedTest
    @MethodSource("columns")
    void reconciliationsAloneCarryDecisionsBothWays(List<String> mappings) {
        start(mappings);

        for (int turn = 0; turn < 4; turn++) {
            boolean granted = turn % 2 == 1;
            if (turn % 4 < 2) {
                decideInOne(granted);
            } else {
                decideInOther(granted);
            }
            reconcileBoth();

            assertNewsletter(granted);
            assertThat(events()).as("an event for each decision").isEqualTo(turn + 1L);
        }
        assertNothingLeft(bridges.one);
        assertNothingLeft(bridges.other);
    }

    @ParameterizedTest
    @MethodSource("columns")
    void lastChoiceSinceTheLastReconciliationsStands(List<String> mappings) {
        start(mappings);

        decideInOther(false);
        bridges.choose(PERSON, true);
        later();
        decideInOne(false);
        reconcileBoth();
        assertNewsletter(false);
        decideInOne(true);
        decideInOther(true);
        bridges.choose(PERSON, false);
        later();
        reconcileBoth();

        assertNewsletter(false);
        assertNothingLeft(bridges.one);
        assertNothingLeft(bridges.other);
    }

    /** Twice, so that each has seen what the other one posted. */
    private void reconcileBoth() {
        for (int time = 0; time < 2; time++) {
            bridges.loseAll();
            bridges.one.reconcile();
            later();
            bridges.loseAll();
            bridges.other.reconcile();
            later();
        }
        bridges.loseAll();
    }

    private static void assertNothingLeft(Site site) {
        ReconciliationReport report = site.reconcile();

        assertThat(report.finished()).isTrue();
        assertThat(report.totals().differences()).as("differences").isZero();
        assertThat(report.totals().unresolved()).as("unresolved").isZero();
        assertThat(report.totals().failed()).as("failed").isZero();
    }
}
