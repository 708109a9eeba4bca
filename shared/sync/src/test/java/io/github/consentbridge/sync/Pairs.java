package io.github.consentbridge.sync;

import io.github.consentbridge.reconciliation.Difference;
import io.github.consentbridge.reconciliation.ReconciliationListener;
import io.github.consentbridge.reconciliation.ReconciliationReport;
import io.github.consentbridge.reconciliation.ReconciliationRequest;
import io.github.consentbridge.reconciliation.Scan;
import io.github.consentbridge.reconciliation.Totals;
import io.github.consentbridge.remote.Deadline;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Many people whom both systems have, for reconciliations. Everybody has granted the newsletter in Didomi, and both sides
 * and the ledger agree on it. No webhook tells anything.
 */
final class Pairs implements AutoCloseable {
    final Systems systems;
    final MemoryRunStore store = new MemoryRunStore();
    final List<UUID> contacts = new ArrayList<>();

    /** What the runs have told so far. */
    final List<Difference> found = new ArrayList<>();

    final List<String> failures = new ArrayList<>();

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
        public void failed(String key, String reason) {
            failures.add(key + ": " + reason);
        }

        @Override
        public void progress(Totals totals) {}
    }

    @Override
    public void close() {
        systems.close();
    }
}
