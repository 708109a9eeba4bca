package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The body of {@code POST /consents/events}, or one element of it, checked. Of what the OpenAPI document marks as required,
 * Didomi's own examples omit {@code created_at}, {@code user.id} and {@code consents.vendors}; so these may be absent here.
 */
record NewEvent(
        Optional<String> eventId,
        Optional<String> userId,
        Optional<String> organizationUserId,
        ObjectNode userDetails,
        Optional<Long> createdAt,
        String status,
        String regulation,
        JsonNode consents,
        ObjectNode details) {
    private static final Set<String> FIELDS = Set.of(
            "id",
            "organization_id",
            "created_at",
            "status",
            "regulation",
            "metadata",
            "user",
            "consents",
            "proofs",
            "proofs_id",
            "delegate",
            "validation");
    private static final List<String> HANDED_BACK = List.of("metadata", "delegate", "proofs_id");

    /** @throws DidomiError 400 if the API would refuse it */
    static NewEvent parse(JsonNode body, String organizationId, KnownIds known) {
        if (!body.isObject()) {
            throw DidomiError.badRequest("An event must be an object");
        }
        body.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                throw DidomiError.badRequest("Unknown field '" + name + "' of the event");
            }
        });
        String organization = text(body, "/organization_id")
                .orElseThrow(() -> DidomiError.badRequest("'organization_id' is required"));
        if (!organization.equals(organizationId)) {
            throw new DidomiError(403, "The event belongs to another organization");
        }
        if (body.has("delegate") && !body.at("/delegate/id").isTextual()) {
            throw DidomiError.badRequest("delegate.id is required");
        }
        JsonNode consents = body.path("consents");
        known.check(consents);
        return new NewEvent(
                text(body, "/id"),
                text(body, "/user/id"),
                text(body, "/user/organization_user_id"),
                userDetails(body.path("user")),
                text(body, "/created_at").map(NewEvent::time),
                status(body),
                text(body, "/regulation").orElse("gdpr"),
                consents.deepCopy(),
                only(body, HANDED_BACK));
    }

    static Optional<String> text(JsonNode body, String pointer) {
        JsonNode value = body.at(pointer);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        } else if (!value.isTextual() || value.textValue().isEmpty()) {
            throw DidomiError.badRequest("'" + pointer.substring(1).replace('/', '.') + "' must be a text");
        }
        return Optional.of(value.textValue());
    }

    static ObjectNode only(JsonNode body, List<String> names) {
        ObjectNode picked = Json.object();
        for (String name : names) {
            if (body.has(name)) {
                picked.set(name, body.get(name));
            }
        }
        return picked;
    }

    static ObjectNode userDetails(JsonNode user) {
        return only(user, List.of("metadata", "country", "last_seen_country", "organization_user_id_type"));
    }

    static String status(JsonNode body) {
        String status = text(body, "/status").orElse(DidomiEvent.CONFIRMED);
        if (!status.equals(DidomiEvent.CONFIRMED) && !status.equals(DidomiEvent.PENDING)) {
            throw DidomiError.badRequest("'status' must be confirmed or pending_approval");
        }
        return body.has("validation") ? DidomiEvent.PENDING : status;
    }

    private static long time(String text) {
        return Times.parse(text)
                .orElseThrow(() -> DidomiError.badRequest("'created_at' must be a date and time in ISO 8601"));
    }
}
