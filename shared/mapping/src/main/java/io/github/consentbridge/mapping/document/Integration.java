package io.github.consentbridge.mapping.document;

import java.util.List;
import java.util.Optional;

/**
 * The integration document as {@link IntegrationReader} returns it: valid, with every default filled in.
 *
 * @param organizationId the Didomi organization; empty if the secret names it instead
 * @param contactKey contact column that holds the organization user id
 * @param regulation the regulation of every mapping that names no other
 * @param bidirectional whether a mapping without a direction also writes Didomi
 * @param silenceIntegrations whether our events ask Didomi not to trigger its other integrations
 * @param didomiSourceIps addresses and CIDR ranges that may call the Didomi webhook; empty for any
 * @param trustedProxies addresses and CIDR ranges of the proxies in front of the webhooks, whose {@code X-Forwarded-For}
 *     names the sender; empty if senders call directly
 * @param maxChangeRatio share of changed rows, from 0 to 1, above which a reconciliation stops
 * @param historyDays how long the history of choices is kept; 0 keeps none
 * @param ignoredKeys organization user ids that name nobody
 * @param upsertMode whether a contact is created when none matches
 * @param mappings in document order: an index here is an index in {@code /mappings}
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
        List<String> trustedProxies,
        double maxChangeRatio,
        int historyDays,
        IgnoredKeys ignoredKeys,
        boolean upsertMode,
        List<Mapping> mappings) {
    public Integration {
        didomiSourceIps = List.copyOf(didomiSourceIps);
        trustedProxies = List.copyOf(trustedProxies);
        mappings = List.copyOf(mappings);
    }

    /** What happens to the contact when Didomi deletes the person. */
    public enum OnUserDeleted {
        KEEP,
        /** The mapped columns are set to null. */
        CLEAR
    }

    /** What is posted to Didomi when the contact is deleted. */
    public enum OnContactDeleted {
        KEEP,
        /** A refusal of each mapped boolean that is granted. */
        WITHDRAW
    }

    /**
     * Whether the Didomi webhook accepts calls from this address. An empty allow list accepts all.
     *
     * @param sourceIp an IPv4 or IPv6 address; a non-empty list refuses anything else
     */
    public boolean acceptsDidomiFrom(String sourceIp) {
        return didomiSourceIps.isEmpty()
                || didomiSourceIps.stream()
                        .flatMap(range -> AddressRange.parse(range).stream())
                        .anyMatch(range -> range.contains(sourceIp));
    }

    /** Whether any mapping may write to Didomi. */
    public boolean reachesDidomi() {
        return mappings.stream().anyMatch(mapping -> mapping.direction().writesDidomi());
    }
}
