package io.github.consentbridge.standalone.cli.init;

import io.github.consentbridge.connectors.dataverse.DataverseClient;
import io.github.consentbridge.connectors.dataverse.api.DataverseEnvironment;
import io.github.consentbridge.connectors.dataverse.metadata.LabelledColumn;
import io.github.consentbridge.connectors.dataverse.metadata.TableMetadata;
import io.github.consentbridge.connectors.didomi.DidomiAccess;
import io.github.consentbridge.connectors.didomi.DidomiCatalog;
import io.github.consentbridge.connectors.didomi.DidomiClient;
import io.github.consentbridge.connectors.didomi.DidomiUser;
import io.github.consentbridge.connectors.entra.EntraAccess;
import io.github.consentbridge.connectors.entra.EntraTokens;
import io.github.consentbridge.connectors.http.RemoteSettings;
import io.github.consentbridge.connectors.http.Secret;
import io.github.consentbridge.standalone.cli.init.CredentialOptions.Field;
import io.github.consentbridge.sync.connections.Endpoints;
import io.github.consentbridge.sync.credentials.BridgeSecret;
import java.util.List;
import java.util.Map;

/** Logs in to both systems and reads what they have. A failure has the sentence that {@code doctor} prints for it. */
final class Logins {
    static final List<Field> DIDOMI = List.of(Field.ORGANIZATION, Field.DIDOMI_KEY, Field.DIDOMI_SECRET);
    static final List<Field> DYNAMICS = List.of(Field.INSTANCE, Field.TENANT, Field.CLIENT_ID, Field.CLIENT_SECRET);

    private static final String REGULATION = "gdpr";

    private final Endpoints endpoints;
    private final RemoteSettings settings;

    /** What Didomi has, and how to log in to it. */
    record Didomi(BridgeSecret.Didomi key, String organizationId, DidomiCatalog catalog, List<DidomiUser> sample) {}

    /** What Dynamics has, and how to log in to it. */
    record Dynamics(BridgeSecret.Dynamics registration, List<LabelledColumn> columns, TableMetadata table) {}

    Logins(Endpoints endpoints, RemoteSettings settings) {
        this.endpoints = endpoints;
        this.settings = settings;
    }

    /** Throws a {@link io.github.consentbridge.mapping.failure.BridgeException} if it fails. */
    Didomi didomi(Map<Field, String> given) {
        String organization = value(given, Field.ORGANIZATION);
        BridgeSecret.Didomi key = new BridgeSecret.Didomi(
                Secret.of(value(given, Field.DIDOMI_KEY)), Secret.of(value(given, Field.DIDOMI_SECRET)));
        DidomiClient client = new DidomiClient(
                new DidomiAccess(endpoints.didomiApi(), organization, key.key(), key.secret()), settings);
        List<DidomiUser> sample = client.usersPage(REGULATION, "").users();
        return new Didomi(key, organization, client.catalog(), sample);
    }

    /**
     * The same; it throws an {@link IllegalArgumentException} with a sentence if a value cannot be one of its kind.
     */
    Dynamics dynamics(Map<Field, String> given) {
        BridgeSecret.Dynamics registration = new BridgeSecret.Dynamics(
                value(given, Field.CLIENT_ID),
                Secret.of(value(given, Field.CLIENT_SECRET)),
                value(given, Field.TENANT),
                value(given, Field.INSTANCE));
        DataverseEnvironment environment = DataverseEnvironment.parse(registration.instance());
        EntraAccess access = new EntraAccess(
                registration.tenantId(), registration.clientId(), registration.clientSecret(), endpoints.entraLogin());
        DataverseClient client =
                new DataverseClient(environment, new EntraTokens(access, environment, settings), settings);
        client.whoAmI();
        return new Dynamics(registration, client.labelledColumns(), client.table());
    }

    private static String value(Map<Field, String> given, Field field) {
        return given.getOrDefault(field, "");
    }
}
