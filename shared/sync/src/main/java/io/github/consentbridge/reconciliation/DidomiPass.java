package io.github.consentbridge.reconciliation;

import io.github.consentbridge.didomi.UsersPage;
import io.github.consentbridge.mapping.Regulation;
import io.github.consentbridge.remote.Deadline;
import io.github.consentbridge.sync.Connections;
import io.github.consentbridge.sync.PageSettler;
import io.github.consentbridge.sync.PageSettler.Permission;
import io.github.consentbridge.sync.SettledPerson;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every Didomi user under one regulation: a page is one request, one bulk read of contacts and at most one batch. */
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
    public Page read(@Nullable String position) {
        UsersPage page = page(position);
        // An empty page with others behind it is no page of Didomi's.
        return new UserPage(page.users().isEmpty() && page.nextCursor().isPresent() ? page(position) : page);
    }

    private UsersPage page(@Nullable String position) {
        return connections.didomi().usersPage(regulation.id(), position == null ? "" : position);
    }

    private final class UserPage implements Page {
        private final UsersPage users;

        UserPage(UsersPage users) {
            this.users = users;
        }

        @Override
        public int size() {
            return users.users().size();
        }

        @Override
        public Totals read() {
            return new Totals(size(), 0, 0, 0, 0, 0, 0);
        }

        @Override
        public Optional<String> next() {
            return users.nextCursor();
        }

        @Override
        public List<SettledPerson> settle(Deadline deadline, Permission permission) {
            return settler.settle(users.users(), regulation, deadline, permission);
        }
    }
}
