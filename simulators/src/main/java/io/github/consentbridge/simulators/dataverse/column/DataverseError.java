package io.github.consentbridge.simulators.dataverse.column;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Json;
import io.github.consentbridge.simulators.http.Reply;
import java.util.UUID;

/** A refusal with Dataverse's status, code and message. */
public final class DataverseError extends RuntimeException {
    private final int status;
    private final String code;

    public DataverseError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** The URL or the query is wrong. */
    public static DataverseError query(String message) {
        return new DataverseError(400, "0x80060888", message);
    }

    /** The body could not be bound to the table. */
    public static DataverseError payload(String table, String message) {
        return new DataverseError(
                400,
                "0x80048d19",
                "Error identified in Payload provided by the user for Entity :'" + table
                        + "s', For more information on this"
                        + " error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->"
                        + "  InnerException : Microsoft.OData.ODataException: " + message);
    }

    public static DataverseError unknownProperty(String table, String name) {
        return query("Could not find a property named '" + name + "' on type 'Microsoft.Dynamics.CRM." + table + "'.");
    }

    public static DataverseError noSuchRow(String table, UUID id) {
        return new DataverseError(404, "0x80040217", "Entity '" + table + "' With Id = " + id + " Does Not Exist");
    }

    public static DataverseError noSuchSegment(String segment) {
        return new DataverseError(404, "0x8006088a", "Resource not found for the segment '" + segment + "'.");
    }

    public static DataverseError versionMismatch() {
        return new DataverseError(
                412,
                "0x80060882",
                "The version of the existing record doesn't match the RowVersion property provided.");
    }

    public static DataverseError duplicateRecord() {
        return new DataverseError(412, "0x80040237", "A record with matching key values already exists.");
    }

    public Reply reply() {
        return reply(status, code, getMessage());
    }

    public static Reply reply(int status, String code, String message) {
        ObjectNode body = Json.object();
        body.putObject("error").put("code", code).put("message", message);
        return Reply.json(status, body).with("OData-Version", "4.0");
    }
}
