package io.github.consentbridge.connectors.didomi;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Some users, and the cursor of the next ones.
 *
 * @param cursor null on the last page
 */
public record UsersPage(List<DidomiUser> users, @Nullable String cursor) {
    public UsersPage {
        users = List.copyOf(users);
    }

    public Optional<String> nextCursor() {
        return Optional.ofNullable(cursor);
    }
}
