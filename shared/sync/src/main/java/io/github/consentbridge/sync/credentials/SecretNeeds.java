package io.github.consentbridge.sync.credentials;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.json.JsonObjectReader;
import java.util.Set;

/**
 * What a process that serves webhooks needs of its secret beside the credentials of both systems and of Didomi's webhook.
 *
 * @param organization whether the secret has to name the Didomi organization, because the document does not
 * @param dynamicsWebhook whether Dynamics sends deliveries, because a mapping reaches Didomi
 */
public record SecretNeeds(boolean organization, boolean dynamicsWebhook) {
    private static final Set<String> REACHES_DIDOMI = Set.of("both", "to_didomi");

    /** What this document leaves to the secret. */
    public static SecretNeeds of(Integration integration) {
        return new SecretNeeds(integration.organizationId().isEmpty(), integration.reachesDidomi());
    }

    /**
     * The same for a document with mistakes, as far as it can be understood, so that the mistakes of both can be reported
     * together. A value that is no object leaves nothing to the secret.
     */
    public static SecretNeeds ofInvalid(JsonNode document) {
        boolean reaches = document.at("/properties/bidirectional").asBoolean();
        for (JsonNode mapping : document.path("mappings")) {
            reaches |= REACHES_DIDOMI.contains(mapping.path("direction").asText());
        }
        boolean unnamed = document.isObject()
                && document.at("/properties/organization_id").asText().isBlank();
        return new SecretNeeds(unnamed, reaches);
    }

    /** Reports each part that is missing. */
    void check(JsonObjectReader secret, boolean namesOrganization) {
        if (!secret.has("didomi")) {
            secret.problem("didomi", "is missing: write the key and the secret of a private API key from Didomi");
        }
        if (!secret.has(SecretReader.DYNAMICS) && !secret.has(SecretReader.AUTHENTICATION)) {
            secret.problem(
                    SecretReader.DYNAMICS,
                    "is missing: write client_id, client_secret, tenant_id and instance of the app registration");
        }
        JsonObjectReader webhooks = secret.inside("webhooks");
        JsonObjectReader didomi = webhooks.inside("didomi");
        if (!didomi.has("values") && !didomi.has("client_id") && !didomi.has("client_secrets")) {
            webhooks.problem(
                    "didomi",
                    "lacks a credential for Didomi: write \"values\", or \"client_id\" and \"client_secrets\"; "
                            + SecretReader.HOW_TO_GENERATE_ONE);
        }
        if (dynamicsWebhook && !webhooks.inside("dynamics").has("values")) {
            webhooks.problem(
                    "dynamics",
                    "lacks a credential for Dynamics: write \"values\"; " + SecretReader.HOW_TO_GENERATE_ONE);
        }
        if (organization && !namesOrganization) {
            secret.inside("didomi")
                    .problem(
                            "organization_id",
                            "is missing: write the id of the Didomi organization here, or as"
                                    + " properties.organization_id in the integration document");
        }
    }
}
