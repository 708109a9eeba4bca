package io.github.consentbridge.mapping.document;

import java.util.List;
import java.util.Optional;

/**
 * The integration document with every default filled in and every rule checked: what {@link IntegrationReader} returns.
 *
 * @param organizationId Didomi's organization; empty if the secret names it instead
 * @param contactKey contact column that holds the organization user id
 * @param regulation whose choices are mapped, where a mapping names no other
 * @param bidirectional whether a mapping without a direction also writes Didomi
 * @param silenceIntegrations whether our events ask Didomi to leave its other integrations alone
 * @param didomiSourceIps addresses and CIDR ranges that may call the Didomi webhook; empty for any
 * @param maxChangeRatio share of changed rows, from 0 to 1, above which a reconciliation stops
 * @param upsertMode whether a contact is created when none matches
 * @param mappings in document order, so that an index here is an index in {@code /mappings}
 */
public record Integration(
        Optional<String> organizationId,
        AttributeName contactKey,
        KeyCase keyCase,
        Regulation regulation,
        boolean bidirectional,
        Wins wins,
        OnUserDeleted onUserDeleted,
        OnContactDeleted onContactDeleted,
        boolean silenceIntegrations,
        List<String> didomiSourceIps,
        double maxChangeRatio,
        boolean upsertMode,
        List<Mapping> mappings) {
    public Integration {
        didomiSourceIps = List.copyOf(didomiSourceIps);
        mappings = List.copyOf(mappings);
    }

    /** What becomes of the contact when Didomi deletes the person. */
    public enum OnUserDeleted {
        KEEP,
        /** The mapped columns are set to null. */
        CLEAR
    }

    /** What Didomi is told when the contact is deleted. */
    public enum OnContactDeleted {
        KEEP,
        /** A refusal of each mapped boolean that is granted. */
        WITHDRAW
    }

    /**
     * Whether a call to the Didomi webhook may come from here: always, if the allow list is empty.
     *
     * @param sourceIp an IPv4 or IPv6 address; anything else is refused by a list that is not empty
     */
    public boolean acceptsDidomiFrom(String sourceIp) {
        return didomiSourceIps.isEmpty()
                || didomiSourceIps.stream()
                        .flatMap(range -> AddressRange.parse(range).stream())
                        .anyMatch(range -> range.contains(sourceIp));
    }

    /** Whether any mapping may write to Didomi, so that changes made in Dynamics matter. */
    public boolean reachesDidomi() {
        return mappings.stream().anyMatch(mapping -> mapping.direction().writesDidomi());
    }
}
