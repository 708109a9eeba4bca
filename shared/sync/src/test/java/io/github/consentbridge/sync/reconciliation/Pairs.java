package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.worker.StoresUnderTest;
import io.github.consentbridge.sync.worker.Systems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Many people known to both systems, for reconciliations. Everyone has granted the newsletter in Didomi, and both sides and the
 * ledger agree on it. Later changes reach the bridge without a webhook.
 */
final class Pairs implements AutoCloseable {
    /** How many differences {@link #plant} makes that count. */
    static final int PLANTED = 37;

    /** The first run saves as many histories as there are people, all of one shape. */
    private static final int CHECKED_EVERY = 25;

    final Systems systems;
    final WatchedRunStore store = new WatchedRunStore(StoresUnderTest.chosen().runs());
    final List<UUID> contacts = new ArrayList<>();

    /** What the runs have reported so far. */
    final List<Difference> found = new ArrayList<>();

    final List<String> failures = new ArrayList<>();
    final List<String> onlyIn = new ArrayList<>();
    final List<Unresolved> unresolved = new ArrayList<>();

    /** What the runs said that they read, and why they waited. */
    final List<String> read = new ArrayList<>();

    final List<String> waits = new ArrayList<>();

    /** How many rows the last run expected to read. */
    long expected;

    Pairs(int count) {
        this(count, "");
    }

    /** @param properties further properties of the integration document, each followed by a comma */
    Pairs(int count, String properties) {
        this(count, properties, true);
    }

    /** The same people before the first run: their contacts still show the columns' defaults. */
    static Pairs unsettled(int count) {
        return new Pairs(count, "", false);
    }

    private Pairs(int count, String properties, boolean settled) {
        systems = new Systems(Systems.document(
                "\"bidirectional\": true," + properties, Systems.NEWS, Systems.NO_NEWS, Systems.OFFERS));
        for (int number = 0; number < count; number++) {
            contacts.add(systems.contact(person(number)));
            choose(number, "newsletter", true);
        }
        systems.clock.advance(Duration.ofMinutes(1));
        if (settled) {
            systems.ledger.whileCheckingOneOf(
                    CHECKED_EVERY,
                    () -> run(new ReconciliationRequest(Scan.DIDOMI, false, true, false), Deadline.none()));
            systems.clock.advance(Duration.ofMinutes(1));
            found.clear();
        }
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

    /** Makes 37 replicas show another value than the choice that stands, and some that only look like it. */
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
            // Both changed without a webhook: staff's choice is later, so one event each.
            choose(number, "offers", false);
        }
        systems.clock.advance(Duration.ofSeconds(5));
        for (int number = 20; number < 30; number++) {
            edit(number, "new_offers", true);
        }
        for (int number = 30; number < 34; number++) {
            // The column was emptied: it is filled again.
            systems.dataverse.editContact(contacts.get(number), cleared("new_newsletter"));
        }
        for (int number = 0; number < 3; number++) {
            // The ledger does not know these yet.
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

    /** The delivery arrived, but Dataverse failed before the write. */
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

    Reconciliation reconciliation() {
        return systems.reconciliation(store);
    }

    ReconciliationReport run(ReconciliationRequest request, Deadline deadline) {
        try {
            return reconciliation().run("run", request, deadline, new Recorder());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private final class Recorder implements ReconciliationListener {
        @Override
        public void reading(String subject) {
            read.add(subject);
        }

        @Override
        public void waiting(String why, Duration wait, Duration left) {
            waits.add(why);
        }

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
