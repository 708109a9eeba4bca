package io.github.consentbridge.connectors.dataverse;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.connectors.dataverse.api.DataverseJson;
import io.github.consentbridge.connectors.http.RemoteResponse;
import java.util.UUID;

/**
 * The security roles of a user.
 *
 * @see <a href="https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/systemuser">System
 *     user (SystemUser) table reference: systemuserroles_association</a>
 */
final class AssignedRoles {
    /** The template of the role System Administrator: every copy refers to it, in any language and under any name. */
    private static final String SYSTEM_ADMINISTRATOR = "627090ff-40a3-4053-8790-584edc5be201";

    private AssignedRoles() {}

    static String path(UUID user) {
        return "/systemusers(" + user + ")/systemuserroles_association?$select=name,_roletemplateid_value";
    }

    static boolean holdSystemAdministrator(RemoteResponse response) {
        for (JsonNode role : DataverseJson.rows(response)) {
            if (role.path("_roletemplateid_value").asText("").equalsIgnoreCase(SYSTEM_ADMINISTRATOR)) {
                return true;
            }
        }
        return false;
    }
}
