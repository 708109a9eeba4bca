package io.github.consentbridge.sync.worker;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.delivery.DidomiReader;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.PlannedEvent;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes a consent event as Didomi's API expects it, with only what was chosen.
 *
 * @see <a href="https://developers.didomi.io/api-and-platform/consents/events/create-consent-event">Create an event</a>
 */
final class EventJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final String organizationId;
    private final UUID environment;

    /**
     * @param organizationId the Didomi organization; its API wants it here as well as in the query
     * @param environment the organization id of our Dataverse environment, which tells our events from another bridge's
     */
    EventJson(String organizationId, UUID environment) {
        this.organizationId = organizationId;
        this.environment = environment;
    }

    /** The event's id, so that a repeat is the same event. */
    UUID id(PlannedEvent event, OrganizationUserId person) {
        return event.id(person, environment);
    }

    /**
     * @param person the organization user id as Didomi spells it
     * @param contactId the contact that the choice was made in; null if none is known
     */
    String write(PlannedEvent event, UUID id, String person, @Nullable String contactId) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("id", id.toString())
                .put("organization_id", organizationId)
                .put("created_at", event.createdAt().toString())
                .put("regulation", event.recordId().regulation().id());
        node.putObject("user").put("organization_user_id", person);
        put(node.putObject("consents"), event.recordId().value(), event.value());
        node.putObject("delegate").put("id", "dynamics-365").put("name", "Consent Bridge");
        ObjectNode metadata = node.putObject("metadata")
                .put("origin", DidomiReader.ORIGIN)
                .put(DidomiReader.ENVIRONMENT, environment.toString())
                .put("decided_at", event.decision().decidedAt().toString())
                .put("side", event.decision().side().word());
        if (contactId != null) {
            metadata.put("contact_id", contactId);
        }
        return node.toString();
    }

    private static void put(ObjectNode consents, DidomiPath path, ConsentValue value) {
        if (path instanceof DidomiPath.Purpose purpose) {
            put(item(consents, "purposes", purpose.purpose()), value);
        } else if (path instanceof DidomiPath.Preference preference) {
            putPreference(consents, preference, value);
        } else if (path instanceof DidomiPath.Channel channel) {
            ObjectNode holder = holder(consents, channel.purpose(), channel.preference());
            put(item(holder, "channels", channel.channel()), value);
        } else {
            throw new IllegalArgumentException("a property is never posted to Didomi");
        }
    }

    private static void putPreference(ObjectNode consents, DidomiPath.Preference path, ConsentValue value) {
        if (value instanceof ConsentValue.Text text && path.purpose() != null) {
            ObjectNode values = item(consents, "purposes", path.purpose()).putObject("values");
            values.putObject(path.preference()).put("value", text.text());
        } else {
            put(holder(consents, path.purpose(), path.preference()), value);
        }
    }

    private static ObjectNode holder(ObjectNode consents, @Nullable String purpose, @Nullable String preference) {
        ObjectNode holder = purpose == null ? consents : item(consents, "purposes", purpose);
        return preference == null ? holder : item(holder, "preferences", preference);
    }

    private static ObjectNode item(ObjectNode holder, String list, String id) {
        return holder.putArray(list).addObject().put("id", id);
    }

    private static void put(ObjectNode item, ConsentValue value) {
        if (!(value instanceof ConsentValue.Flag flag)) {
            throw new IllegalArgumentException("only a granted or refused value can be posted here");
        }
        item.put("enabled", flag.granted());
    }
}
