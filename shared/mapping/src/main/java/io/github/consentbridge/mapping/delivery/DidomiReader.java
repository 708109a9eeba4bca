package io.github.consentbridge.mapping.delivery;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ClockRule;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.delivery.Reading.DeletedUser;
import io.github.consentbridge.mapping.delivery.Reading.Ignored;
import io.github.consentbridge.mapping.delivery.Reading.News;
import io.github.consentbridge.mapping.delivery.Reading.Reason;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.IgnoredKeys;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.document.Regulation;
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

    /** The member of {@code metadata} with the organization id of the Dataverse environment whose bridge posted it. */
    public static final String ENVIRONMENT = "environment";

    /** Before an event's id: what names an event that was read, where a choice names the delivery that reported it. */
    public static final String EVENT = "event ";

    private static final String CREATED_AT = "created_at";

    static final String UPDATED_AT = "updated_at";

    private final List<ConsentRecordId> records;
    private final IgnoredKeys ignoredKeys;
    private final DidomiSender sender;

    /** @param identity who we are; what it throws, every method here throws */
    public DidomiReader(Integration integration, BridgeIdentity identity) {
        this(integration.mappings(), integration.ignoredKeys(), identity);
    }

    /** As if every delivery were sent to us, and no event posted by us; with the default of {@code ignored_keys}. */
    public DidomiReader(Collection<Mapping> mappings) {
        this(mappings, BridgeIdentity.UNKNOWN);
    }

    /** With the default of {@code ignored_keys}. */
    DidomiReader(Collection<Mapping> mappings, BridgeIdentity identity) {
        this(mappings, IgnoredKeys.DEFAULT, identity);
    }

    private DidomiReader(Collection<Mapping> mappings, IgnoredKeys ignoredKeys, BridgeIdentity identity) {
        this.records = mappings.stream().map(ConsentRecordId::of).distinct().toList();
        this.ignoredKeys = ignoredKeys;
        this.sender = new DidomiSender(identity);
    }

    /**
     * Reads a webhook body.
     *
     * @param delivery names the delivery in its choices
     * @param receivedAt when it arrived: the time of a deletion, and the latest possible time of a choice
     * @throws MalformedDeliveryException if it does not have the documented form
     */
    public Reading read(String body, String delivery, Instant receivedAt) throws MalformedDeliveryException {
        Reading reading = readAnybody(body, delivery, receivedAt);
        return reading instanceof News news
                ? ignoredKeys
                        .match(news.person().value())
                        .<Reading>map(key -> new Ignored(Reason.NAMES_NOBODY, key))
                        .orElse(reading)
                : reading;
    }

    private Reading readAnybody(String body, String delivery, Instant receivedAt) throws MalformedDeliveryException {
        JsonNode root = FlattenedBody.restore(WireJson.object(body));
        String type = WireJson.textIn(root, "type");
        Source source = new Source(delivery, new ClockRule(receivedAt));
        if (sender.isAnotherOrganization(root)) {
            return new Ignored(Reason.ANOTHER_ORGANIZATION);
        }
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

    private record Source(String delivery, ClockRule clock) {}

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
        if (sender.isOurs(event)) {
            return new Ignored(Reason.OWN_EVENT);
        }
        if (person == null) {
            return new Ignored(Reason.NO_ORGANIZATION_USER_ID);
        }
        Regulation regulation = regulation(root, event);
        if (mapped(regulation).isEmpty()) {
            return new Ignored(Reason.OTHER_REGULATION);
        }
        if (!event.hasNonNull(CREATED_AT)) {
            return recomputed(person, List.of());
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

    /**
     * Didomi recomputes the user when an event is edited or deleted, so the body alone does not show the current
     * values. Nor does it show which choices were made by the event, if it lists none.
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
        boolean revokes = deleted && !sender.isOurs(event) && event.hasNonNull(CREATED_AT);
        return recomputed(person, revokes ? choicesOf(event, regulation, source) : List.of());
    }

    /** Only the person's users and events show what counts now. */
    private static News recomputed(OrganizationUserId person, List<Choice> revoked) {
        return new News(person, List.of(), revoked, List.of(), true, null);
    }

    private List<Choice> choicesOf(JsonNode event, Regulation regulation, Source source)
            throws MalformedDeliveryException {
        Consents consents = new Consents(event, "entity");
        List<Choice> choices = new ArrayList<>();
        for (ConsentRecordId recordId : mapped(regulation)) {
            @Nullable ConsentValue value = recordId.value().isConsent() ? consents.value(recordId.value()) : null;
            if (value != null) {
                Instant createdAt = WireJson.timeIn(event, CREATED_AT);
                choices.add(Choice.inDidomi(recordId, userId(event.path("user")), value, createdAt, source.delivery())
                        .by(who(event))
                        .storedAt(WireJson.timeIfValid(event, UPDATED_AT))
                        .counted(source.clock()));
            }
        }
        return choices;
    }

    /**
     * Who made the choices of an event: its id, and the third party that acted for the person, if there was one; null if the
     * event has no id.
     */
    static @Nullable String who(JsonNode event) {
        @Nullable String id = event.path("id").textValue();
        @Nullable String delegate = event.path("delegate").path("id").textValue();
        if (id == null) {
            return null;
        }
        return delegate == null ? EVENT + id : EVENT + id + ", delegate " + delegate;
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
                user,
                before,
                cause,
                created,
                sender.isOurs(cause),
                stamp(user, source.clock()),
                previous(before, source));
        return change.read(person, regulation, mapped(regulation), source.delivery(), source.clock());
    }

    private Reading userDeleted(JsonNode root, JsonNode user, Source source) throws MalformedDeliveryException {
        @Nullable OrganizationUserId person = person(user);
        if (person == null) {
            return new Ignored(Reason.NO_ORGANIZATION_USER_ID);
        }
        if (mapped(regulation(root, user)).isEmpty()) {
            return new Ignored(Reason.OTHER_REGULATION);
        }
        DeletedUser deleted = new DeletedUser(userId(user), source.clock().moment());
        return new News(person, List.of(), List.of(), List.of(), false, deleted);
    }

    private static Stamp stamp(JsonNode user, ClockRule clock) throws MalformedDeliveryException {
        JsonNode version = user.path("version");
        return clock.counted(new Stamp(
                version.canConvertToLong() ? version.longValue() : Choice.UNKNOWN_VERSION,
                WireJson.timeIn(user, UPDATED_AT)));
    }

    private static @Nullable Stamp previous(JsonNode before, Source source) throws MalformedDeliveryException {
        return before.isObject() && before.hasNonNull(UPDATED_AT) ? stamp(before, source.clock()) : null;
    }

    /**
     * Reads a user as {@code GET /consents/users} gives it.
     *
     * @param clock of the moment at which it was read
     * @return its state; its properties are returned as choices, so that the newest value wins
     * @throws MalformedDeliveryException if it does not have the documented form
     */
    public News readUser(OrganizationUserId person, String user, Regulation regulation, ClockRule clock)
            throws MalformedDeliveryException {
        JsonNode entity = WireJson.object(user);
        UserChange read = new UserChange(
                entity, MissingNode.getInstance(), MissingNode.getInstance(), false, false, stamp(entity, clock), null);
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
     * @param clock of the moment at which they were read
     * @throws MalformedDeliveryException if one does not have the documented form
     */
    public Events readEvents(List<String> events, Regulation regulation, ClockRule clock)
            throws MalformedDeliveryException {
        List<Choice> choices = new ArrayList<>();
        List<Choice> ours = new ArrayList<>();
        for (String text : events) {
            JsonNode event = WireJson.object(text);
            if (!isPending(event)) {
                Source source = new Source(EVENT + event.path("id").asText(""), clock);
                (sender.isOurs(event) ? ours : choices).addAll(choicesOf(event, regulation, source));
            }
        }
        return new Events(choices, ours);
    }
}
