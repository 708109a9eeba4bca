package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scan of contacts reads only what changed since the last one, and finds changes of which no webhook arrived. */
class DynamicsPassTest {
    private static final int PAIRS = 300;

    private Pairs pairs = new Pairs(PAIRS);

    @AfterEach
    void stop() {
        pairs.close();
    }

    private ReconciliationReport run(Scan scan) {
        return pairs.run(new ReconciliationRequest(scan, false, false, false), Deadline.none());
    }

    private void assertOffers(int number, boolean granted) {
        assertThat(pairs.systems.didomi.enabled(Pairs.person(number), "offers")).hasValue(granted);
    }

    @Test
    void firstScanReadsAllContactsAndTheNextOnlyChangedOnes() {
        ReconciliationReport first = run(Scan.DYNAMICS);
        run(Scan.DYNAMICS);
        pairs.edit(7, "new_offers", true);

        ReconciliationReport third = run(Scan.DYNAMICS);

        assertThat(first.totals().dynamics()).isEqualTo(PAIRS);
        assertThat(first.totals().differences()).isZero();
        assertThat(third.totals().dynamics()).isEqualTo(1);
        assertThat(third.totals().changed()).isEqualTo(1);
        assertOffers(7, true);
    }

    @Test
    void fullScanFindsChangesOfBothSides() {
        pairs.edit(7, "new_offers", true);
        pairs.choose(8, "offers", true);
        pairs.systems.clock.advance(Duration.ofMinutes(1));

        ReconciliationReport report = run(Scan.FULL);

        assertThat(report.totals().changed()).isEqualTo(2);
        assertThat(report.totals().didomi()).isEqualTo(PAIRS);
        assertThat(report.totals().dynamics()).isEqualTo(PAIRS);
        assertOffers(7, true);
        assertThat(pairs.systems.dataverse.contact(pairs.contacts.get(8))).containsEntry("new_offers", true);
        assertThat(run(Scan.FULL).totals().differences()).isZero();
    }

    @Test
    void dryRunDoesNotMoveTheNextScanOn() {
        run(Scan.DYNAMICS);
        run(Scan.DYNAMICS);
        pairs.edit(7, "new_offers", true);

        pairs.run(new ReconciliationRequest(Scan.DYNAMICS, true, false, false), Deadline.none());

        assertThat(pairs.found).hasSize(1);
        assertThat(run(Scan.DYNAMICS).totals().changed()).isEqualTo(1);
    }

    @Test
    void expiredDeltaLinkMeansAllContactsAgain() {
        run(Scan.DYNAMICS);
        pairs.edit(7, "new_offers", true);
        pairs.systems.dataverse.expireDeltaTokens();

        ReconciliationReport report = run(Scan.DYNAMICS);

        assertThat(report.totals().dynamics()).isEqualTo(PAIRS);
        assertOffers(7, true);
    }

    @Test
    void linkOfAnotherInstanceMeansAllContactsAgain() {
        run(Scan.DYNAMICS);
        pairs.store.save("dynamics:delta", "https://sandbox.crm4.dynamics.com/api/data/v9.2/contacts?$deltatoken=1");

        ReconciliationReport report = run(Scan.DYNAMICS);

        assertThat(report.totals().dynamics()).isEqualTo(PAIRS);
        assertThat(pairs.store.load("dynamics:delta"))
                .hasValueSatisfying(link -> assertThat(link)
                        .startsWith(pairs.systems.dataverse.url().toString()));
    }

    @Test
    void withoutChangeTrackingTheTimeOfTheLastScanCounts() {
        pairs.systems.dataverse.changeTracking(false);
        pairs.systems.clock.advance(Duration.ofHours(1));
        ReconciliationReport first = run(Scan.DYNAMICS);
        pairs.systems.clock.advance(Duration.ofHours(1));
        pairs.edit(7, "new_offers", true);

        ReconciliationReport second = run(Scan.DYNAMICS);

        assertThat(first.totals().dynamics()).isEqualTo(PAIRS);
        assertThat(second.totals().dynamics()).isEqualTo(1);
        assertOffers(7, true);
    }

    @Test
    void deletedContactWithdrawsIfConfigured() {
        pairs.close();
        pairs = new Pairs(3, "\"on_contact_deleted\": \"withdraw\",");
        run(Scan.DYNAMICS);
        pairs.systems.dataverse.deleteContact(pairs.contacts.get(1));
        pairs.systems.clock.advance(Duration.ofMinutes(1));

        run(Scan.DYNAMICS);

        assertThat(pairs.systems.didomi.enabled(Pairs.person(1), "newsletter")).hasValue(false);
        assertThat(pairs.systems.didomi.enabled(Pairs.person(2), "newsletter")).hasValue(true);
    }

    @Test
    void contactsUnknownToDidomiAreCountedAndLeftAlone() {
        pairs.systems.dataverse.addContact(Map.of("new_didomiid", "stranger", "new_offers", true));
        pairs.systems.dataverse.addContact(Map.of("firstname", "without a key"));

        ReconciliationReport report = run(Scan.FULL);

        assertThat(report.totals().onlyInDynamics()).isEqualTo(1);
        assertThat(pairs.onlyIn).containsExactly("DYNAMICS stranger");
        assertThat(report.totals().differences()).isZero();
        assertThat(pairs.systems.didomi.events("stranger")).isEmpty();
    }

    @Test
    void onlyARunThatReadDidomiCountsContactsUnknownToDidomi() {
        pairs.systems.dataverse.addContact(Map.of("new_didomiid", "stranger"));

        ReconciliationReport dry = pairs.run(new ReconciliationRequest(Scan.FULL, true, false, false), Deadline.none());
        ReconciliationReport changes = run(Scan.DYNAMICS);

        assertThat(dry.totals().onlyInDynamics()).isZero();
        assertThat(changes.totals().onlyInDynamics()).isZero();
        assertThat(pairs.onlyIn).isEmpty();
    }

    static Stream<Fault> faults() {
        return Stream.of(
                Fault.status(503),
                Fault.throttled(Duration.ofSeconds(30)),
                Fault.dropAfterCommit(),
                Fault.truncated(),
                Fault.garbage(),
                Fault.repeated("@odata.nextLink"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void passingFaultsChangeNothingInTheEnd(Fault fault) {
        pairs.systems.dataverse.mostRowsPerPage(PAIRS / 3);
        pairs.edit(7, "new_offers", true);
        pairs.systems.dataverse.faults().next(RouteKind.FIND_CONTACTS, Fault.none(), fault, fault);

        ReconciliationReport report = run(Scan.DYNAMICS);

        assertThat(report.totals().dynamics()).isEqualTo(PAIRS);
        assertThat(pairs.failures).isEmpty();
        assertOffers(7, true);
        assertThat(run(Scan.FULL).totals().differences()).isZero();
    }

    @Test
    void refusedRequestEndsTheRunWithAnError() {
        pairs.systems.dataverse.faults().always(RouteKind.FIND_CONTACTS, Fault.status(403));

        assertThatThrownBy(() -> run(Scan.DYNAMICS)).hasMessageContaining("403");

        pairs.systems.dataverse.faults().clear();
        assertThat(run(Scan.DYNAMICS).totals().dynamics()).isEqualTo(PAIRS);
    }
}
