package io.github.consentbridge.reconciliation;

import io.github.consentbridge.dataverse.ContactPage;
import io.github.consentbridge.dataverse.DataverseException;
import io.github.consentbridge.dataverse.PageSource;
import io.github.consentbridge.remote.Deadline;
import io.github.consentbridge.sync.Connections;
import io.github.consentbridge.sync.PageSettler;
import io.github.consentbridge.sync.PageSettler.Permission;
import io.github.consentbridge.sync.SettledPerson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

    /** Rows are small, and a page is held at a time. */
    private static final int PAGE = 1000;

    private final Connections connections;
    private final PageSettler settler;
    private final RunStore store;
    private final boolean everybody;
    private final Clock clock;
    private final Instant began;

    /** @param everybody whether to read all contacts, not only what has changed */
    DynamicsPass(Connections connections, PageSettler settler, RunStore store, boolean everybody, Clock clock) {
        this.connections = connections;
        this.settler = settler;
        this.store = store;
        this.everybody = everybody;
        this.clock = clock;
        this.began = clock.instant();
    }

    @Override
    public Page read(@Nullable String position) {
        try {
            return page(position == null ? first() : new PageSource.Link(position));
        } catch (DataverseException e) {
            if (e.requiresFullPass()) {
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
        private final List<String> unknown;

        ContactsPage(ContactPage page) {
            this.page = page;
            this.unknown = settler.unknownAmong(page.rows());
        }

        @Override
        public int size() {
            return page.rows().size() + page.deleted().size();
        }

        @Override
        public Totals read() {
            return new Totals(0, page.rows().size(), 0, 0, 0, unknown.size(), 0);
        }

        @Override
        public List<String> onlyInDynamics() {
            return unknown;
        }

        @Override
        public Optional<String> next() {
            return page.next();
        }

        @Override
        public List<SettledPerson> settle(Deadline deadline, Permission permission) {
            return settler.settle(page.rows(), page.deleted(), clock.instant(), deadline, permission);
        }

        @Override
        public void passDone() {
            store.save(DELTA, page.delta().orElse(null));
            store.save(SINCE, began.minus(OVERLAP).toString());
        }
    }
}
