package io.github.consentbridge.mapping.delivery;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Who we are: what tells our own deliveries and events from those of others. Asked only where a body names what it is
 * compared with; an implementation may have to ask another system, and then throws what that request throws.
 */
public interface BridgeIdentity {
    /** Neither is known: every delivery counts as sent to us, and no event as posted by us. */
    BridgeIdentity UNKNOWN = ofDidomi(Optional::empty);

    /** Our Didomi organization; empty if nothing names it, and then every delivery of Didomi counts as sent to us. */
    Optional<String> didomiOrganization();

    /** The organization id of our Dataverse environment; empty if it is not known, and then no event is our own. */
    Optional<UUID> environment();

    /** Only the Didomi organization is known, as it is where Dataverse is not asked. */
    static BridgeIdentity ofDidomi(Supplier<Optional<String>> organization) {
        return new BridgeIdentity() {
            @Override
            public Optional<String> didomiOrganization() {
                return organization.get();
            }

            @Override
            public Optional<UUID> environment() {
                return Optional.empty();
            }
        };
    }
}
