package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.time.Duration;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The report lists each difference once, and its sums are what the other systems hold in the end. */
class EachDifferenceOnceTest {
    private static final int PAIRS = 300;

    private final Pairs pairs = new Pairs(PAIRS);

    @AfterEach
    void stop() {
        pairs.close();
    }

    private ReconciliationReport run(Scan scan, boolean dryRun) {
        pairs.found.clear();
        pairs.failures.clear();
        return pairs.run(new ReconciliationRequest(scan, dryRun, false, true), Deadline.none());
    }

    private long granted(String column) {
        return pairs.contacts.stream()
                .filter(contact -> Boolean.TRUE.equals(
                        pairs.systems.dataverse.contact(contact).get(column)))
                .count();
    }

    @Test
    void dryFullScanListsTheDifferencesOfBothSidesOnce() {
        for (int number = 0; number < 20; number++) {
            pairs.edit(number, "new_offers", true);
            pairs.choose(100 + number, "offers", true);
        }
        pairs.systems.clock.advance(Duration.ofMinutes(1));

        ReconciliationReport report = run(Scan.FULL, true);

        assertThat(report.totals().differences()).isEqualTo(40);
        assertThat(pairs.found).hasSize(40).extracting(Difference::key).doesNotHaveDuplicates();
        assertThat(run(Scan.FULL, false).totals().changed()).isEqualTo(40);
    }

    @Test
    void personWhoFailsInBothScansIsReportedOnce() {
        pairs.choose(7, "offers", true);
        pairs.choose(8, "offers", true);
        pairs.edit(7, "firstname", "Ada");
        pairs.systems.clock.advance(Duration.ofMinutes(1));
        pairs.systems
                .dataverse
                .faults()
                .whenHolding(
                        RouteKind.UPDATE_CONTACT, pairs.contacts.get(7).toString(), Fault.serverError("0x80040216"));

        ReconciliationReport report = run(Scan.FULL, false);

        assertThat(report.totals().failed()).isEqualTo(1);
        assertThat(pairs.failures).hasSize(1);
        assertThat(report.totals().differences()).isEqualTo(2);
        assertThat(report.totals().changed()).isEqualTo(1);
    }

    private static Fault appliedAndAnswered(int status) {
        return (proceed, error) -> {
            assertThat(proceed.get()).isNotNull();
            return error.apply(status);
        };
    }

    static Stream<Arguments> lostAnswers() {
        return Stream.of(Fault.dropAfterCommit(), Fault.truncated(), appliedAndAnswered(503), appliedAndAnswered(429))
                .flatMap(fault -> Stream.of(1, 2, 4, 8).map(times -> Arguments.of(fault, times)));
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void writesWhoseAnswerWasLostCountAsRepaired(Fault lost, int times) {
        for (int number = 0; number < 55; number++) {
            pairs.choose(number, "offers", true);
        }
        pairs.systems.clock.advance(Duration.ofMinutes(1));
        pairs.systems
                .dataverse
                .faults()
                .next(RouteKind.BATCH, Collections.nCopies(times, lost).toArray(Fault[]::new));

        ReconciliationReport report = run(Scan.FULL, false);

        assertThat(granted("new_offers")).isEqualTo(55);
        assertThat(report.totals().differences()).isEqualTo(55);
        assertThat(report.totals().changed()).isEqualTo(55);
        assertThat(pairs.found).hasSize(55).allMatch(Difference::applied);
    }

    @Test
    void writesThatWereAnsweredWithAFailureButAppliedCountAsRepaired() {
        for (int number = 0; number < 55; number++) {
            pairs.choose(number, "offers", true);
        }
        pairs.systems.clock.advance(Duration.ofMinutes(1));
        pairs.systems
                .dataverse
                .faults()
                .next(
                        RouteKind.UPDATE_CONTACT,
                        Collections.nCopies(54, appliedAndAnswered(500)).toArray(Fault[]::new));

        ReconciliationReport report = run(Scan.FULL, false);

        assertThat(granted("new_offers")).isEqualTo(55);
        assertThat(report.totals().differences()).isEqualTo(55);
        assertThat(report.totals().changed()).isEqualTo(55);
        assertThat(report.totals().failed()).isZero();
    }

    @Test
    void eventsWhoseAnswerWasLostCountAsRepaired() {
        for (int number = 0; number < 30; number++) {
            pairs.edit(number, "new_offers", true);
        }
        pairs.systems.clock.advance(Duration.ofMinutes(1));
        Fault lost = Fault.dropAfterCommit();
        pairs.systems.didomi.faults().next(RouteKind.POST_EVENTS, lost, lost, lost, lost, lost, lost, lost, lost);

        ReconciliationReport report = run(Scan.FULL, false);

        assertThat(pairs.systems.didomi.enabled(Pairs.person(29), "offers")).hasValue(true);
        assertThat(report.totals().differences()).isEqualTo(30);
        assertThat(report.totals().changed()).isEqualTo(30);
    }

    @Test
    void staffsEditBetweenReadAndWriteIsReportedAsItIsRepaired() {
        pairs.choose(7, "offers", true);
        pairs.systems.clock.advance(Duration.ofMinutes(1));
        pairs.systems
                .dataverse
                .faults()
                .next(RouteKind.BATCH, Fault.after(() -> pairs.edit(7, "new_newsletter", false)));

        ReconciliationReport report = run(Scan.DIDOMI, false);

        assertThat(pairs.systems.didomi.enabled(Pairs.person(7), "newsletter")).hasValue(false);
        assertThat(pairs.systems.dataverse.contact(pairs.contacts.get(7)))
                .containsEntry("new_nonews", true)
                .containsEntry("new_offers", true);
        // The offers, the second column of the newsletter, and the newsletter in Didomi.
        assertThat(report.totals().changed()).isEqualTo(3);
        assertThat(pairs.found).hasSize(3).allMatch(Difference::applied);
    }
}
