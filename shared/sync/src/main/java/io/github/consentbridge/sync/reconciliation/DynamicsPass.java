package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.dataverse.api.PageSource;
import io.github.consentbridge.connectors.dataverse.contact.ContactPage;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.worker.PageSettler;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The contacts that changed since the last such pass, or all of them. Only people whose row the ledger has not seen are
 * settled, so a pass over all contacts costs little more than its pages.
 */
final class DynamicsPass implements Pass {
    /** Where the next pass continues: a delta link, or the time at which this pass began. */
    private static final String DELTA = "dynamics:delta";

    private static final String SINCE = "dynamics:since";

    /** Rows of long transactions appear late. */
    private static final Duration OVERLAP = Duration.ofMinutes(15);

    /** Dataverse's limit. Rows are small, and only a few pages are in memory at a time. */
    private static final int MAX_ROWS = 5000;

    private final Connections connections;
    private final PageSettler settler;
    private final RunStore store;
    private final boolean allContacts;
    private final boolean afterDidomi;
    private final Clock clock;
    private boolean begun;

    /** @param request a full scan reads all contacts, not only what has changed */
    DynamicsPass(
            Connections connections, PageSettler settler, RunStore store, ReconciliationRequest request, Clock clock) {
        this.connections = connections;
        this.settler = settler;
        this.store = store;
        this.allContacts = request.scan() == Scan.FULL;
        // Otherwise the ledger may not know yet which people Didomi has, and all would seem to be in Dynamics only.
        this.afterDidomi = request.countsOnlyIn(Side.DYNAMICS);
        this.clock = clock;
    }

    @Override
    public String subject() {
        return allContacts ? "Dynamics' contacts" : "Dynamics' changed contacts";
    }

    @Override
    public Page read(@Nullable String position) {
        try {
            Page page = page(position == null ? first() : new PageSource.Link(position));
            begun = true;
            return page;
        } catch (DataverseException e) {
            // A foreign link was saved when the secret named another instance: it means nothing here.
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
        Optional<String> delta = allContacts ? Optional.empty() : store.load(DELTA);
        return delta.<PageSource>map(PageSource.Link::new).orElse(new PageSource.WholeTable());
    }

    private Instant since() {
        return allContacts
                ? Instant.EPOCH
                : store.load(SINCE).map(Instant::parse).orElse(Instant.EPOCH);
    }

    private Page page(PageSource source) {
        ContactPage page = connections.dataverse().contacts(settler.columns(), source, MAX_ROWS);
        return new Page(
                page.rows().size() + page.deleted().size(),
                Totals.ofDynamics(page.rows().size(), settler.contactsNamingNobody(page.rows())),
                page.next(),
                page.delta(),
                (onlyInDynamics, deadline, permission) -> settler.settle(
                        page.rows(),
                        page.deleted(),
                        clock.instant(),
                        afterDidomi ? onlyInDynamics : key -> {},
                        deadline,
                        permission));
    }

    @Override
    public void done(Page last, Instant begun) {
        store.save(DELTA, last.nextPass().orElse(null));
        store.save(SINCE, begun.minus(OVERLAP).toString());
    }
}
