package io.github.consentbridge.sync.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.IntegrationReader;
import io.github.consentbridge.mapping.document.IntegrationReader.Place;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.sync.connections.MappingCheck;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import io.github.consentbridge.sync.credentials.SecretNeeds;
import io.github.consentbridge.sync.credentials.SecretReader;
import java.util.List;
import java.util.TreeMap;

/**
 * The integration document and the secret of a new bridge, as JSON. Both were read back as {@code run} reads them.
 *
 * @param integration not secret
 * @param secret for a file that only its owner can read
 */
public record NewDocuments(String integration, Secret secret) {
    private static final String CLIENT_ID = "consent-bridge";
    private static final JsonMapper MAPPER = new JsonMapper();

    /** As people write JSON: no space before a colon. */
    private static final PrettyPrinter FORM = new DefaultPrettyPrinter()
            .withSeparators(Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));

    /**
     * What was decided.
     *
     * @param mappings at least one
     */
    public record Decisions(
            String organizationId, AttributeName contactKey, boolean bidirectional, List<ColumnChoice> mappings) {
        public Decisions {
            mappings = List.copyOf(mappings);
        }
    }

    /**
     * Writes both.
     *
     * @throws BridgeException if {@code run} would refuse one of them
     */
    public static NewDocuments of(
            Decisions decisions, BridgeSecret.Didomi didomi, BridgeSecret.Dynamics dynamics, WebhookKeys keys) {
        String integration = text(integration(decisions));
        Integration read = IntegrationReader.read(integration.getBytes(UTF_8), Place.FILE);
        MappingCheck.refuseByDocument(read);
        String secret = text(secret(didomi, dynamics, keys));
        SecretReader.readComplete(secret.getBytes(UTF_8), SecretNeeds.of(read));
        return new NewDocuments(integration, Secret.of(secret));
    }

    private static ObjectNode integration(Decisions decisions) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("type_id", "microsoft-dynamics");
        document.putObject("properties")
                .put("organization_id", decisions.organizationId())
                .put("contact_key", decisions.contactKey().logicalName())
                .put("bidirectional", decisions.bidirectional());
        ArrayNode mappings = document.putArray("mappings");
        decisions.mappings().forEach(choice -> mapping(mappings.addObject(), choice, decisions.bidirectional()));
        return document.put("upsert_mode", false);
    }

    private static void mapping(ObjectNode mapping, ColumnChoice choice, boolean bidirectional) {
        mapping.put("id", choice.column().name());
        ObjectNode value = mapping.putObject("value");
        choice.value().path().parts().forEach(value::put);
        if (choice.invert() || choice.isRefusalColumn()) {
            mapping.put("invert", choice.invert());
        }
        if (!choice.options().isEmpty()) {
            ObjectNode options = mapping.putObject("options");
            new TreeMap<>(choice.options()).forEach(options::put);
        }
        if (bidirectional && lacksPurpose(choice.value().path())) {
            mapping.put("direction", "to_dynamics");
        }
    }

    /** Didomi accepts a preference's values only under their purpose. */
    private static boolean lacksPurpose(DidomiPath path) {
        return path instanceof DidomiPath.Preference preference && preference.purpose() == null;
    }

    private static ObjectNode secret(BridgeSecret.Didomi didomi, BridgeSecret.Dynamics dynamics, WebhookKeys keys) {
        ObjectNode secret = JsonNodeFactory.instance.objectNode();
        secret.putObject("didomi")
                .put("key", didomi.key().value())
                .put("secret", didomi.secret().value());
        secret.putObject("microsoft-dynamics")
                .put("client_id", dynamics.clientId())
                .put("client_secret", dynamics.clientSecret().value())
                .put("tenant_id", dynamics.tenantId())
                .put("instance", dynamics.instance());
        ObjectNode webhooks = secret.putObject("webhooks");
        ObjectNode fromDidomi = webhooks.putObject("didomi");
        fromDidomi.putArray("values").add(keys.didomi().value());
        fromDidomi.put("client_id", CLIENT_ID);
        fromDidomi.putArray("client_secrets").add(keys.clientSecret().value());
        webhooks.putObject("dynamics").putArray("values").add(keys.dynamics().value());
        return secret.put("log_key", keys.logKey().value());
    }

    private static String text(ObjectNode document) {
        try {
            return MAPPER.writer(FORM).writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a value cannot be written as JSON");
        }
    }
}
