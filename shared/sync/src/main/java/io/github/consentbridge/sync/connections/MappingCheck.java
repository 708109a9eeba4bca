package io.github.consentbridge.sync.connections;

import io.github.consentbridge.connectors.dataverse.metadata.ColumnMetadata;
import io.github.consentbridge.connectors.didomi.DidomiClient;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.DocumentCheck;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.KnownIds;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.json.Problem;
import io.github.consentbridge.sync.credentials.CredentialsException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds the mappings that must be refused before anything is written, because they would destroy data or cannot work. What
 * the document alone shows needs no network; columns are compared with Dataverse's metadata, purposes and preferences with
 * Didomi's lists. Reads only, so it is safe to repeat.
 */
public final class MappingCheck {
    private final Integration integration;
    private final Connections connections;

    public MappingCheck(Integration integration, Connections connections) {
        this.integration = integration;
        this.connections = connections;
    }

    /**
     * Refuses what can be known without network.
     *
     * @throws RefusedMappingsException with everything that is wrong
     */
    public static void refuseByDocument(Integration integration) {
        refuse(DocumentCheck.problems(integration));
    }

    /**
     * Refuses everything, in at most six requests.
     *
     * @throws RefusedMappingsException with everything that is wrong
     * @throws RemoteException if a system cannot be read
     * @throws CredentialsException if the secret lacks what is needed to ask
     */
    public void refuse() {
        List<Problem> problems = new ArrayList<>(DocumentCheck.problems(integration));
        String key = integration.contactKey().logicalName();
        Map<String, ColumnMetadata> columns = connections.dataverse().columns(names(key));
        problems.addAll(ContactSchema.of(integration, columns.values()).problems());
        if (!key.equals(AttributeName.CONTACT_ID.logicalName()) && !columns.containsKey(key)) {
            problems.add(new Problem(
                    "/properties/contact_key",
                    key + " does not exist on contact: name the column that holds the organization user id"));
        }
        problems.addAll(DocumentCheck.unlisted(integration, listedIfAllowed()));
        refuse(problems);
    }

    /**
     * A key that may not list the purposes can do all of the bridge's work, so it is no reason to refuse the mappings; but it
     * must be one that Didomi accepts.
     */
    private KnownIds listedIfAllowed() {
        DidomiClient didomi = connections.didomi();
        Optional<Set<String>> purposes = ifAllowed(didomi::purposes);
        if (purposes.isEmpty()) {
            didomi.usersPage(integration.mappings().get(0).regulation().id(), "");
        }
        Set<String> preferences =
                mapsPreferences() ? ifAllowed(didomi::preferences).orElse(Set.of()) : Set.of();
        return new KnownIds(purposes.orElse(Set.of()), preferences, Set.of());
    }

    private static Optional<Set<String>> ifAllowed(Supplier<Set<String>> list) {
        try {
            return Optional.of(list.get());
        } catch (RemoteException e) {
            if (e.status() != 403 && e.status() != 404) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** The columns of the mappings as Dataverse has them now. */
    ContactSchema schema() {
        return ContactSchema.of(
                integration, connections.dataverse().columns(names()).values());
    }

    private Set<String> names(String... others) {
        Set<String> names = new LinkedHashSet<>(List.of(others));
        integration.mappings().forEach(mapping -> names.add(mapping.column().logicalName()));
        return names;
    }

    /**
     * The purposes and preferences that Didomi lists now; preferences are only asked for if one is mapped.
     *
     * @throws RemoteException if Didomi cannot be read
     * @throws CredentialsException if the secret names no API key
     */
    public KnownIds listed() {
        DidomiClient didomi = connections.didomi();
        return new KnownIds(didomi.purposes(), mapsPreferences() ? didomi.preferences() : Set.of(), Set.of());
    }

    private boolean mapsPreferences() {
        return integration.mappings().stream()
                .map(Mapping::value)
                .map(DidomiPath::parts)
                .anyMatch(parts -> parts.containsKey("preference"));
    }

    static void refuse(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new RefusedMappingsException(problems);
        }
    }
}
