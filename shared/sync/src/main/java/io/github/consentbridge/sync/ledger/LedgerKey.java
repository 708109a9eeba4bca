package io.github.consentbridge.sync.ledger;

import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import java.util.Locale;

/** Under which key the ledger keeps a person, whichever way a system spells the organization user id. */
public final class LedgerKey {
    private LedgerKey() {}

    /** The same for all spellings that name the same contact: {@code key_case} decides, and a GUID has no case. */
    public static OrganizationUserId of(Integration integration, String spelled) {
        String key = integration.keyCase().apply(spelled);
        boolean guid = integration.contactKey().equals(AttributeName.CONTACT_ID);
        return new OrganizationUserId(guid ? key.toLowerCase(Locale.ROOT) : key);
    }
}
