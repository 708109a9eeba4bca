package io.github.consentbridge.sync.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.worker.Systems;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One record that always fails is reported with its reason, and stops neither its page nor the run. */
class ReconciliationRecordFailsTest {
    private static final Fault BROKEN = Fault.serverError("0x80040216");

    private final Pairs pairs = new Pairs(150);
    private final Systems systems = pairs.systems;

    @AfterEach
    void stop() {
        pairs.close();
    }

    private ReconciliationReport run() {
        return pairs.run(new ReconciliationRequest(Scan.DIDOMI, false, false, true), Deadline.none());
    }

    @Test
    void everybodyElseIsSettled() {
        pairs.plant();
        systems.dataverse.faults().whenHolding(RouteKind.FIND_CONTACTS, "\"p-2\"", BROKEN);
        systems.dataverse
                .faults()
                .whenHolding(RouteKind.UPDATE_CONTACT, pairs.contacts.get(3).toString(), BROKEN);
        systems.didomi.faults().whenHolding(RouteKind.POST_EVENTS, "\"p-12\"", Fault.status(500));

        ReconciliationReport report = run();

        assertThat(report.finished()).isTrue();
        assertThat(report.totals().failed()).isEqualTo(3);
        assertThat(pairs.failures.stream().map(why -> why.replaceFirst(" \\(request [-0-9a-f]{36}\\)$", "")))
                .containsExactlyInAnyOrder(
                        "p-2: the contact could not be read: Dataverse answered 500 0x80040216",
                        "p-3: the contact could not be written: Dataverse answered 500 0x80040216",
                        "p-12: the event could not be posted: Didomi answered 500");
        assertThat(systems.newsletter(pairs.contacts.get(1))).isEqualTo(false);
        assertThat(systems.newsletter(pairs.contacts.get(4))).isEqualTo(false);
        assertThat(systems.didomi.enabled("p-13", "offers")).hasValue(true);
        assertThat(systems.paused).isEmpty();

        systems.dataverse.faults().clear();
        systems.didomi.faults().clear();
        assertThat(run().totals().failed()).isZero();
        assertThat(systems.newsletter(pairs.contacts.get(2))).isEqualTo(false);
        assertThat(systems.newsletter(pairs.contacts.get(3))).isEqualTo(false);
        assertThat(systems.didomi.enabled("p-12", "offers")).hasValue(true);
    }

    @Test
    void failureThatPassesIsTriedOnceMoreInTheSameRun() {
        pairs.plant();
        systems.dataverse.faults().next(RouteKind.UPDATE_CONTACT, Fault.none(), BROKEN);

        ReconciliationReport report = run();

        assertThat(pairs.failures).isEmpty();
        assertThat(report.finished()).isTrue();
        assertThat(systems.newsletter(pairs.contacts.get(1))).isEqualTo(false);
    }
}
