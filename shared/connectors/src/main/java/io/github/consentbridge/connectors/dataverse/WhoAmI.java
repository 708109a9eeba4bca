package io.github.consentbridge.connectors.dataverse;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.dataverse.api.DataverseException;
import io.github.consentbridge.connectors.dataverse.api.DataverseJson;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.util.UUID;

/**
 * Who we are in Dataverse.
 *
 * @param userId {@code systemuserid} of our application user
 * @param organizationId of the environment: a copy of it, made for tests or by a restore, has another one
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/webapi/reference/whoami">WhoAmI</a>
 */
public record WhoAmI(UUID userId, UUID organizationId) {
    static final String PATH = "/WhoAmI";

    public WhoAmI {
        requireNonNull(userId, "userId");
        requireNonNull(organizationId, "organizationId");
    }

    static WhoAmI read(RemoteResponse response) {
        JsonNode answer = DataverseJson.object(response);
        return new WhoAmI(id(answer, "UserId", response), id(answer, "OrganizationId", response));
    }

    private static UUID id(JsonNode answer, String name, RemoteResponse response) {
        try {
            return UUID.fromString(answer.path(name).asText());
        } catch (IllegalArgumentException e) {
            throw DataverseException.unreadable(response, "WhoAmI has no " + name);
        }
    }
}
