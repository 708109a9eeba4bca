package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.reconciliation.Difference;
import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Scan;
import io.github.consentbridge.sync.reconciliation.Totals;
import io.github.consentbridge.sync.reconciliation.Unresolved;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Many people whom both systems have, for reconciliations. Everybody has granted the newsletter in Didomi, and both sides
 * and the ledger agree on it. No webhook tells anything.
 */
final class Pairs implements AutoCloseable {
    /** How many differences {@link #plant} makes that count. */
    static final int PLANTED = 37;

    final Systems systems;
    final WatchedRunStore store = new WatchedRunStore(StoresUnderTest.chosen().runs());
    final List<UUID> contacts = new ArrayList<>();

    /** What the runs have told so far. */
    final List<Difference> found = new ArrayList<>();

    final List<String> failures = new ArrayList<>();
    final List<String> onlyIn = new ArrayList<>();
    final List<Unresolved> unresolved = new ArrayList<>();

    /** How much the last run said there was to read. */
    long expected;

    Pairs(int count) {
        this(count, "");
    }

    /** @param properties further properties of the integration document, each followed by a comma */
    Pairs(int count, String properties) {
        systems = new Systems(Systems.document(
                "\"bidirectional\": true," + properties, Systems.NEWS, Systems.NO_NEWS, Systems.OFFERS));
        for (int number = 0; number < count; number++) {
            contacts.add(systems.contact(person(number)));
            choose(number, "newsletter", true);
        }
        systems.clock.advance(Duration.ofMinutes(1));
        run(new ReconciliationRequest(Scan.DIDOMI, false, true, false), Deadline.none());
        systems.clock.advance(Duration.ofMinutes(1));
        found.clear();
    }

    static String person(int number) {
        return "p-" + number;
    }

    void choose(int number, String purpose, boolean granted) {
        systems.didomi.choose(
                SimulatedChoice.by(person(number)).purpose(purpose, granted).silently());
    }

    void edit(int number, String column, Object value) {
        systems.dataverse.editContact(contacts.get(number), Map.of(column, value));
    }

    /** Thirty-seven places that show something else than the choice that stands, and some that only look like it. */
    void plant() {
        for (int number = 0; number < 5; number++) {
            // Two columns each: Didomi's webhook was lost.
            choose(number, "newsletter", false);
        }
        loseWriteTo(9);
        for (int number = 11; number < 20; number++) {
            // One event each: Dynamics' webhook was lost.
            edit(number, "new_offers", true);
        }
        for (int number = 20; number < 30; number++) {
            // Both changed and nobody told: staff came later, so one event each.
            choose(number, "offers", false);
        }
        systems.clock.advance(Duration.ofSeconds(5));
        for (int number = 20; number < 30; number++) {
            edit(number, "new_offers", true);
        }
        for (int number = 30; number < 34; number++) {
            // Somebody emptied the column: it is filled again.
            systems.dataverse.editContact(contacts.get(number), cleared("new_newsletter"));
        }
        for (int number = 0; number < 3; number++) {
            // Nobody has ever looked at these: the ledger knows nothing of them.
            contacts.add(systems.contact(person(contacts.size())));
            choose(contacts.size() - 1, "newsletter", true);
        }
        for (int number = 40; number < 50; number++) {
            edit(number, "firstname", "Ada");
        }
        for (int number = 50; number < 60; number++) {
            systems.didomi.choose(SimulatedChoice.by(person(number))
                    .regulation("cpra")
                    .purpose("newsletter", false)
                    .silently());
        }
        systems.clock.advance(Duration.ofMinutes(1));
    }

    /** Didomi told it, and the bridge was killed before Dataverse had done what it was asked. */
    private void loseWriteTo(int number) {
        systems.dataverse.faults().always(RouteKind.BATCH, Fault.status(503));
        systems.outcome(
                systems.worker(),
                systems.sent(
                        person(number),
                        systems.didomi
                                .choose(SimulatedChoice.by(person(number)).purpose("offers", true))
                                .get(0)));
        systems.dataverse.faults().clear();
        systems.paused.clear();
    }

    private static Map<String, Object> cleared(String column) {
        Map<String, Object> cleared = new HashMap<>();
        cleared.put(column, null);
        return cleared;
    }

    ReconciliationReport run(ReconciliationRequest request, Deadline deadline) {
        try {
            return systems.reconciliation(store).run("run", request, deadline, new Told());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private final class Told implements ReconciliationListener {
        @Override
        public void found(Difference difference) {
            found.add(difference);
        }

        @Override
        public void unresolved(Unresolved each) {
            unresolved.add(each);
        }

        @Override
        public void failed(String key, String reason) {
            failures.add(key + ": " + reason);
        }

        @Override
        public void onlyIn(Side side, String key) {
            onlyIn.add(side + " " + key);
        }

        @Override
        public void progress(Totals totals, long expectation) {
            expected = expectation;
        }
    }

    @Override
    public void close() {
        systems.close();
    }
}
