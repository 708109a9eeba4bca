package io.github.consentbridge.mapping.delivery;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.delivery.Reading.DeletedUser;
import io.github.consentbridge.mapping.delivery.Reading.Ignored;
import io.github.consentbridge.mapping.delivery.Reading.News;
import io.github.consentbridge.mapping.delivery.Reading.Reason;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.document.Regulation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the mapped values from Didomi's webhook bodies, users and events. Unknown fields are ignored. Thread-safe.
 *
 * @see <a href="https://developers.didomi.io/integrations/generic-integrations/webhooks">Webhooks</a>
 */
public final class DidomiReader {
    /** The {@code metadata.origin} of our own events. */
    public static final String ORIGIN = "consent-bridge";

    /**
     * A date further in the future comes from a wrong clock. If it counted, it would beat every choice made until then.
     */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(10);

    private final List<ConsentRecordId> records;

    public DidomiReader(Collection<Mapping> mappings) {
        this.records = mappings.stream().map(ConsentRecordId::of).distinct().toList();
    }

    /**
     * Reads a webhook body.
     *
     * @param delivery names the delivery in its choices
     * @param receivedAt when it arrived: the time of a deletion, and the latest possible time of a choice
     * @throws MalformedDeliveryException if it does not have the documented form
     */
    public Reading read(String body, String delivery, Instant receivedAt) throws MalformedDeliveryException {
        JsonNode root = FlattenedBody.restore(WireJson.object(body));
        String type = WireJson.textIn(root, "type");
        Source source = new Source(delivery, receivedAt);
        return switch (type) {
            case "event.created" -> eventCreated(root, entity(root, "entity"), source);
            case "event.updated" -> eventChanged(root, entity(root, "new_entity"), source, false);
            case "event.deleted" -> eventChanged(root, entity(root, "entity"), source, true);
            case "user.created" -> userChanged(root, entity(root, "entity"), true, source);
            case "user.updated" -> userChanged(root, entity(root, "new_entity"), false, source);
            case "user.deleted" -> userDeleted(root, entity(root, "entity"), source);
            default -> new Ignored(Reason.UNKNOWN_TYPE);
        };
    }

    private record Source(String delivery, Instant receivedAt) {
        Instant possible(Instant reported) {
            return reported.isAfter(receivedAt.plus(CLOCK_TOLERANCE)) ? receivedAt : reported;
        }

        /** A state's time is the latest possible time of the decisions that it shows. */
        Stamp possible(Stamp reported) {
            return new Stamp(reported.version(), possible(reported.at()));
        }
    }

    /** In a flattened body every entity is called {@code entity}. */
    private static JsonNode entity(JsonNode root, String name) throws MalformedDeliveryException {
        JsonNode parameters = WireJson.objectIn(root, "parameters");
        return WireJson.objectIn(parameters, parameters.has(name) ? name : "entity");
    }

    /** The first regulation that is named. An organization with one regulation names none. */
    private static Regulation regulation(JsonNode... holders) throws MalformedDeliveryException {
        for (JsonNode holder : holders) {
            @Nullable String id = WireJson.optionalText(holder, "regulation");
            if (id != null) {
                return new Regulation(id);
            }
        }
        return Regulation.GDPR;
    }

    private List<ConsentRecordId> mapped(Regulation regulation) {
        return records.stream()
                .filter(record -> record.regulation().equals(regulation))
                .toList();
    }

    private static @Nullable OrganizationUserId person(JsonNode holder) throws MalformedDeliveryException {
        @Nullable String id = WireJson.optionalText(holder, "organization_user_id");
        return id == null ? null : new OrganizationUserId(id);
    }

    private static @Nullable OrganizationUserId personOfEvent(JsonNode event) throws MalformedDeliveryException {
        @Nullable OrganizationUserId person = person(WireJson.optionalObject(event, "user"));
        return person != null ? person : person(event);
    }

    private Reading eventCreated(JsonNode root, JsonNode event, Source source) throws MalformedDeliveryException {
        @Nullable OrganizationUserId person = personOfEvent(event);
        if (isPending(event)) {
            return new Ignored(Reason.PENDING_APPROVAL);
        }
        if (isOurs(event)) {
            return new Ignored(Reason.OWN_EVENT);
        }
        if (person == null) {
            return new Ignored(Reason.NO_ORGANIZATION_USER_ID);
        }
        Regulation regulation = regulation(root, event);
        if (mapped(regulation).isEmpty()) {
            return new Ignored(Reason.OTHER_REGULATION);
        }
        List<Choice> choices = choicesOf(event, regulation, source);
        return choices.isEmpty()
                ? new Ignored(Reason.NOTHING_MAPPED)
                : new News(person, choices, List.of(), List.of(), false, null);
    }

    private static boolean isPending(JsonNode event) throws MalformedDeliveryException {
        @Nullable String status = WireJson.optionalText(event, "status");
        return status != null && !status.equals("confirmed");
    }

    private static boolean isOurs(JsonNode event) {
        return ORIGIN.equals(event.path("metadata").path("origin").textValue());
    }

    /**
     * Didomi recomputes the user when an event is edited or deleted, so the body alone does not show the current
     * values.
     */
    private Reading eventChanged(JsonNode root, JsonNode event, Source source, boolean deleted)
            throws MalformedDeliveryException {
        @Nullable OrganizationUserId person = personOfEvent(event);
        if (person == null) {
            return new Ignored(Reason.NO_ORGANIZATION_USER_ID);
        }
        Regulation regulation = regulation(root, event);
        if (mapped(regulation).isEmpty()) {
            return new Ignored(Reason.OTHER_REGULATION);
        }
        List<Choice> revoked = deleted && !isOurs(event) ? choicesOf(event, regulation, source) : List.of();
        return new News(person, List.of(), revoked, List.of(), true, null);
    }

    private List<Choice> choicesOf(JsonNode event, Regulation regulation, Source source)
            throws MalformedDeliveryException {
        Consents consents = new Consents(event, "entity");
        List<Choice> choices = new ArrayList<>();
        for (ConsentRecordId recordId : mapped(regulation)) {
            @Nullable ConsentValue value = recordId.value().isConsent() ? consents.value(recordId.value()) : null;
            if (value != null) {
                Instant decidedAt = source.possible(WireJson.timeIn(event, "created_at"));
                choices.add(Choice.inDidomi(recordId, userId(event.path("user")), value, decidedAt, source.delivery()));
            }
        }
        return choices;
    }

    /** Empty if the user has none. */
    static String userId(JsonNode user) throws MalformedDeliveryException {
        return requireNonNullElse(WireJson.optionalText(user, "id"), "");
    }

    private Reading userChanged(JsonNode root, JsonNode user, boolean created, Source source)
            throws MalformedDeliveryException {
        @Nullable OrganizationUserId person = person(user);
        JsonNode named = WireJson.optionalObject(root.path("parameters"), "source");
        JsonNode before = WireJson.optionalObject(root.path("parameters"), "old_entity");
        // An event that awaits approval can change the user's metadata; the values it lists are not chosen yet.
        JsonNode cause = isPending(named) ? MissingNode.getInstance() : named;
        if (person == null) {
            return new Ignored(Reason.NO_ORGANIZATION_USER_ID);
        }
        Regulation regulation = regulation(root, user, named);
        if (mapped(regulation).isEmpty()) {
            return new Ignored(Reason.OTHER_REGULATION);
        }
        UserChange change = new UserChange(
                user, before, cause, created, isOurs(cause), source.possible(stamp(user)), previous(before));
        return change.read(person, regulation, mapped(regulation), source.delivery(), source::possible);
    }

    private Reading userDeleted(JsonNode root, JsonNode user, Source source) throws MalformedDeliveryException {
        @Nullable OrganizationUserId person = person(user);
        if (person == null) {
            return new Ignored(Reason.NO_ORGANIZATION_USER_ID);
        }
        if (mapped(regulation(root, user)).isEmpty()) {
            return new Ignored(Reason.OTHER_REGULATION);
        }
        DeletedUser deleted = new DeletedUser(userId(user), source.receivedAt());
        return new News(person, List.of(), List.of(), List.of(), false, deleted);
    }

    static Stamp stamp(JsonNode user) throws MalformedDeliveryException {
        JsonNode version = user.path("version");
        return new Stamp(
                version.canConvertToLong() ? version.longValue() : Choice.UNKNOWN_VERSION,
                WireJson.timeIn(user, "updated_at"));
    }

    private static @Nullable Stamp previous(JsonNode before) throws MalformedDeliveryException {
        return before.isObject() && before.hasNonNull("updated_at") ? stamp(before) : null;
    }

    /**
     * Reads a user as {@code GET /consents/users} gives it.
     *
     * @return its state; its properties are returned as choices, so that the newest value wins
     * @throws MalformedDeliveryException if it does not have the documented form
     */
    public News readUser(OrganizationUserId person, String user, Regulation regulation)
            throws MalformedDeliveryException {
        JsonNode entity = WireJson.object(user);
        UserChange read = new UserChange(
                entity, MissingNode.getInstance(), MissingNode.getInstance(), false, false, stamp(entity), null);
        return read.state(person, regulation, mapped(regulation), "read from Didomi");
    }

    /**
     * The values in a person's events.
     *
     * @param choices what the person decided, and when
     * @param ours the values of our own events, at the dates that they carry
     */
    public record Events(List<Choice> choices, List<Choice> ours) {
        public Events {
            choices = List.copyOf(choices);
            ours = List.copyOf(ours);
        }
    }

    /**
     * Reads a person's events as {@code GET /consents/events} gives them.
     *
     * @throws MalformedDeliveryException if one does not have the documented form
     */
    public Events readEvents(List<String> events, Regulation regulation) throws MalformedDeliveryException {
        List<Choice> choices = new ArrayList<>();
        List<Choice> ours = new ArrayList<>();
        for (String text : events) {
            JsonNode event = WireJson.object(text);
            if (!isPending(event)) {
                Source source = new Source("event " + event.path("id").asText(""), Instant.MAX.minus(CLOCK_TOLERANCE));
                (isOurs(event) ? ours : choices).addAll(choicesOf(event, regulation, source));
            }
        }
        return new Events(choices, ours);
    }
}
