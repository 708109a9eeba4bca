package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.connectors.didomi.DidomiUser;
import io.github.consentbridge.connectors.didomi.UsersPage;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.document.Regulation;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.worker.PageSettler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every Didomi user under one regulation: a page is two requests, one bulk read of contacts and at most one batch for each
 * hundred people who differ.
 */
final class DidomiPass implements Pass {
    private final Connections connections;
    private final PageSettler settler;
    private final Regulation regulation;

    DidomiPass(Connections connections, PageSettler settler, Regulation regulation) {
        this.connections = connections;
        this.settler = settler;
        this.regulation = regulation;
    }

    @Override
    public String subject() {
        return "Didomi's users under " + regulation.id();
    }

    /** Two of Didomi's pages, whose contacts fit into one request; only one if the second cannot be read now. */
    @Override
    public Page read(@Nullable String position) {
        UsersPage first = full(position);
        Optional<UsersPage> second = first.nextCursor().flatMap(this::ifReadable);
        List<DidomiUser> users = new ArrayList<>(first.users());
        second.ifPresent(page -> users.addAll(page.users()));
        return new Page(
                users.size(),
                Totals.ofDidomi(users.size(), settler.namingNobody(users)),
                second.orElse(first).nextCursor(),
                Optional.empty(),
                (onlyInDynamics, deadline, permission) -> settler.settle(users, regulation, deadline, permission));
    }

    private Optional<UsersPage> ifReadable(String position) {
        try {
            return Optional.of(full(position));
        } catch (RemoteException e) {
            // The next read starts with this page, and handles the failure.
            return Optional.empty();
        }
    }

    /** Didomi sends no empty page before the last one, so such an answer is faulty and read once more. */
    private UsersPage full(@Nullable String position) {
        UsersPage page = page(position);
        return page.users().isEmpty() && page.nextCursor().isPresent() ? page(position) : page;
    }

    private UsersPage page(@Nullable String position) {
        return connections.didomi().usersPage(regulation.id(), position == null ? "" : position);
    }
}
