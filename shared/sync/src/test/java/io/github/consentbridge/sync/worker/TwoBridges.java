package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.simulators.didomi.Delivery;
import io.github.consentbridge.simulators.didomi.DidomiSimulator;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.RunStore;
import io.github.consentbridge.sync.reconciliation.Scan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * One Didomi organization and two bridges on it, each with a Dynamics environment of its own, for example one for each
 * country. Both receive everything that Didomi announces.
 */
final class TwoBridges implements AutoCloseable {
    /** A choice, its copies, and what these announce: more would be an endless exchange. */
    private static final int MAX_ROUNDS = 8;

    final Site one;
    final Site other;
    final DidomiSimulator didomi;

    TwoBridges(String document) {
        Systems first = new Systems(document);
        one = new Site(first);
        other = new Site(first.anotherBridge(document));
        didomi = first.didomi;
    }

    /** One of the bridges with its environment. */
    static final class Site {
        final Loop loop;
        final Systems systems;
        private final RunStore runs = StoresUnderTest.chosen().runs();
        private final List<String> columns;

        private Site(Systems systems) {
            this.loop = new Loop(systems);
            this.systems = systems;
            this.columns = systems.integration.mappings().stream()
                    .map(mapping -> mapping.column().logicalName())
                    .toList();
        }

        void decide(UUID contact, boolean granted) {
            String column = columns.get(0);
            systems.dataverse.editContact(contact, Map.of(column, granted != isInverted(column)));
        }

        /** Whether the newsletter is granted, as each mapped column shows it. */
        List<Object> shown(UUID contact) {
            return columns.stream()
                    .<Object>map(column -> isInverted(column)
                            ? Boolean.FALSE.equals(
                                    systems.dataverse.contact(contact).get(column))
                            : Boolean.TRUE.equals(
                                    systems.dataverse.contact(contact).get(column)))
                    .toList();
        }

        private static boolean isInverted(String column) {
            return column.equals("new_nonews");
        }

        ReconciliationReport reconcile() {
            try {
                return systems.reconciliation(runs)
                        .run(
                                "run",
                                new ReconciliationRequest(Scan.FULL, false, true, true),
                                Deadline.none(),
                                ReconciliationListener.NONE);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    void choose(String person, boolean granted) {
        didomi.choose(SimulatedChoice.by(person).didomiUser("u-" + person).purpose("newsletter", granted));
    }

    /** Hands over everything that is pending, and what that causes, until nothing is. */
    void runUntilNothingIsPending() {
        runUntilNothingIsPending(site -> false);
    }

    /** @param losesDidomis whether this site does not receive what Didomi announces in this round */
    void runUntilNothingIsPending(Predicate<Site> losesDidomis) {
        for (int round = 0; isAnythingPending(); round++) {
            assertThat(round).as("rounds until nothing was pending").isLessThan(MAX_ROUNDS);
            List<String> bodies = didomi.pending().stream().map(Delivery::body).toList();
            didomi.loseAll();
            List<io.github.consentbridge.sync.queue.Delivery> toOne = arriving(one, bodies, losesDidomis);
            List<io.github.consentbridge.sync.queue.Delivery> toOther = arriving(other, bodies, losesDidomis);
            one.loop.handle(toOne);
            other.loop.handle(toOther);
        }
    }

    private static List<io.github.consentbridge.sync.queue.Delivery> arriving(
            Site site, List<String> bodies, Predicate<Site> losesDidomis) {
        List<io.github.consentbridge.sync.queue.Delivery> arriving = new ArrayList<>();
        if (!losesDidomis.test(site)) {
            bodies.stream().map(site.loop::fromDidomi).flatMap(Optional::stream).forEach(arriving::add);
        }
        arriving.addAll(site.loop.arriving());
        return arriving;
    }

    private boolean isAnythingPending() {
        return !didomi.pending().isEmpty()
                || !one.systems.dataverse.pending().isEmpty()
                || !other.systems.dataverse.pending().isEmpty();
    }

    /** No webhook call arrives. */
    void loseAll() {
        one.loop.loseAll();
        other.loop.loseAll();
    }

    @Override
    public void close() {
        other.loop.close();
        one.loop.close();
    }
}
