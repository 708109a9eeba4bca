package io.github.consentbridge.sync.rights;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the access record: who did what with whose data. It has nothing of the person but the keyed hash.
 *
 * @param person the keyed hash under which the ledger keeps the person; empty if nobody was found, or several people
 * @param reason in the requester's words; null if none was asked for
 */
public record Access(
        Instant at,
        AccessKind kind,
        String person,
        Requester requester,
        @Nullable String reason) {}
