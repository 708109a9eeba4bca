package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.dataverse.api.PageSource;
import io.github.consentbridge.connectors.dataverse.contact.ContactPage;
import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.worker.PageSettler;
import io.github.consentbridge.sync.worker.PageSettler.Permission;
import io.github.consentbridge.sync.worker.SettledPerson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The contacts that changed since the last such pass, or all of them. Only those are looked at again whose row is not the
 * one that the ledger knows, so a pass over everybody costs little more than its pages.
 */
final class DynamicsPass implements Pass {
    /** Where the next pass goes on: a delta link, or the time at which this one began. */
    private static final String DELTA = "dynamics:delta";

    private static final String SINCE = "dynamics:since";

    /** Rows of long transactions appear late. */
    private static final Duration OVERLAP = Duration.ofMinutes(15);

    /** The most that Dataverse gives. Rows are small, and only a few pages are held at a time. */
    private static final int PAGE = 5000;

    private final Connections connections;
    private final PageSettler settler;
    private final RunStore store;
    private final boolean everybody;
    private final boolean afterDidomi;
    private final Clock clock;
    private boolean begun;

    /** @param request a full scan reads all contacts, not only what has changed */
    DynamicsPass(
            Connections connections, PageSettler settler, RunStore store, ReconciliationRequest request, Clock clock) {
        this.connections = connections;
        this.settler = settler;
        this.store = store;
        this.everybody = request.scan() == Scan.FULL;
        // Else the ledger need not know yet whom Didomi has, and everybody would seem to be in Dynamics only.
        this.afterDidomi = everybody && !request.dryRun();
        this.clock = clock;
    }

    @Override
    public Page read(@Nullable String position) {
        try {
            Page page = page(position == null ? first() : new PageSource.Link(position));
            begun = true;
            return page;
        } catch (DataverseException e) {
            // A link that was saved when the secret named another instance: nothing of that one counts here.
            if (e.requiresFullPass() || (e.isForeignLink() && !begun)) {
                store.save(DELTA, null);
                return page(new PageSource.WholeTable());
            }
            if (e.isChangeTrackingOff()) {
                store.save(DELTA, null);
                return page(new PageSource.ModifiedSince(since()));
            }
            throw e;
        }
    }

    private PageSource first() {
        Optional<String> delta = everybody ? Optional.empty() : store.load(DELTA);
        return delta.<PageSource>map(PageSource.Link::new).orElse(new PageSource.WholeTable());
    }

    private Instant since() {
        return everybody ? Instant.EPOCH : store.load(SINCE).map(Instant::parse).orElse(Instant.EPOCH);
    }

    private Page page(PageSource source) {
        return new ContactsPage(connections.dataverse().contacts(settler.columns(), source, PAGE));
    }

    private final class ContactsPage implements Page {
        private final ContactPage page;
        private volatile List<String> onlyHere = List.of();

        ContactsPage(ContactPage page) {
            this.page = page;
        }

        @Override
        public int size() {
            return page.rows().size() + page.deleted().size();
        }

        @Override
        public Totals read() {
            return new Totals(0, page.rows().size(), 0, 0, 0, onlyHere.size(), 0, 0);
        }

        @Override
        public List<String> onlyInDynamics() {
            return onlyHere;
        }

        @Override
        public Optional<String> next() {
            return page.next();
        }

        @Override
        public List<SettledPerson> settle(Deadline deadline, Permission permission) {
            List<String> unknown = new ArrayList<>();
            List<SettledPerson> settled =
                    settler.settle(page.rows(), page.deleted(), clock.instant(), unknown::add, deadline, permission);
            onlyHere = afterDidomi ? unknown : List.of();
            return settled;
        }

        @Override
        public void passDone(Instant begun) {
            store.save(DELTA, page.delta().orElse(null));
            store.save(SINCE, begun.minus(OVERLAP).toString());
        }
    }
}
