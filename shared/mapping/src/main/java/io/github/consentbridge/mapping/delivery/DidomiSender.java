package io.github.consentbridge.mapping.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells whether a delivery of Didomi is meant for us, and whether we posted an event. */
final class DidomiSender {
    private final BridgeIdentity identity;

    DidomiSender(BridgeIdentity identity) {
        this.identity = identity;
    }

    /**
     * Whether the body names another Didomi organization than ours. One that names none counts as ours: our key came with
     * it.
     */
    boolean isAnotherOrganization(JsonNode root) throws MalformedDeliveryException {
        JsonNode parameters = root.path("parameters");
        for (JsonNode holder : List.of(root, parameters.path("new_entity"), parameters.path("entity"))) {
            @Nullable String named = WireJson.optionalText(holder, "organization_id");
            if (named != null) {
                Optional<String> ours = identity.didomiOrganization();
                return ours.isPresent() && !ours.get().equals(named);
            }
        }
        return false;
    }

    /**
     * Whether we posted this event. Another bridge on the same Didomi organization has the same origin and another
     * environment: what it posts was decided in that environment.
     */
    boolean isOurs(JsonNode event) {
        JsonNode metadata = event.path("metadata");
        @Nullable String environment = metadata.path(DidomiReader.ENVIRONMENT).textValue();
        return DidomiReader.ORIGIN.equals(metadata.path("origin").textValue())
                && environment != null
                && identity.environment()
                        .filter(ours -> ours.toString().equalsIgnoreCase(environment))
                        .isPresent();
    }
}
