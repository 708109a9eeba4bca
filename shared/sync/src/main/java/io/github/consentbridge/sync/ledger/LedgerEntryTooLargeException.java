package io.github.consentbridge.sync.ledger;

import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.mapping.failure.ExitCode;
import java.util.Set;

/**
 * Entries do not fit into the store, which is the failure of these people only: the other entries of the same call are
 * saved, or in conflict.
 */
public final class LedgerEntryTooLargeException extends BridgeException {
    private static final long serialVersionUID = 1L;

    private final transient Set<OrganizationUserId> tooLarge;
    private final transient Set<OrganizationUserId> conflicts;

    /**
     * Names both.
     *
     * @param limit what the store takes for one person, for people
     * @param conflicts the keys that {@link ConsentLedger#save} would have returned
     */
    public LedgerEntryTooLargeException(
            String limit, Set<OrganizationUserId> tooLarge, Set<OrganizationUserId> conflicts) {
        super(
                ExitCode.FAILURE,
                "what is known of the person does not fit into the ledger, which takes " + limit
                        + ": delete Didomi users that share this organization user id, or map fewer values");
        this.tooLarge = Set.copyOf(tooLarge);
        this.conflicts = Set.copyOf(conflicts);
    }

    /** Whose entries were not saved. */
    public Set<OrganizationUserId> tooLarge() {
        return tooLarge;
    }

    /** Whose entries somebody else has saved since they were loaded. */
    public Set<OrganizationUserId> conflicts() {
        return conflicts;
    }
}
