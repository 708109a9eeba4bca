package io.github.consentbridge.deployment.alarm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Side;
import java.time.Instant;

/** What the two systems send. */
final class Messages {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Messages() {}

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** A request of the HTTP API with a delivery. */
    static ObjectNode request(Side from, String key, String body) {
        ObjectNode event = MAPPER.createObjectNode()
                .put("rawPath", from == Side.DIDOMI ? "/webhooks/didomi" : "/webhooks/dynamics")
                .put("body", body)
                .put("isBase64Encoded", false);
        event.putObject("headers").put("x-consent-bridge-key", key);
        event.putObject("requestContext")
                .putObject("http")
                .put("method", "POST")
                .put("sourceIp", "192.0.2.7");
        return event;
    }

    /** A person's refusal in Didomi. */
    static String refusal(String person, Instant at) {
        return """
                {"type": "event.created", "regulation": "gdpr", "parameters": {"entity": {
                  "id": "e-%s", "organization_id": "acme", "created_at": "%s", "status": "confirmed",
                  "user": {"id": "u-%s", "organization_user_id": "%s"},
                  "consents": {"purposes": [{"id": "newsletter", "enabled": false}]}}}}""".formatted(person, at, person, person);
    }

    /** A person's refusal, entered in Dynamics. */
    static String refusalByStaff(String contact, String person, Instant at) {
        return """
                {"MessageName": "Update", "PrimaryEntityName": "contact", "PrimaryEntityId": "%s",
                 "CorrelationId": "00000000-0000-0000-0000-00000000000c",
                 "InitiatingUserId": "00000000-0000-0000-0000-00000000000d",
                 "OperationCreatedOn": "/Date(%s)/",
                 "InputParameters": [{"key": "Target", "value": {
                   "__type": "Entity:http://schemas.microsoft.com/xrm/2011/Contracts",
                   "Id": "%s", "LogicalName": "contact", "Attributes": [
                     {"key": "new_didomiid", "value": "%s"},
                     {"key": "modifiedon", "value": "/Date(%s)/"},
                     {"key": "new_newsletter", "value": false}]}}],
                 "PreEntityImages": [], "PostEntityImages": []}""".formatted(contact, at.toEpochMilli(), contact, person, at.toEpochMilli());
    }
}
