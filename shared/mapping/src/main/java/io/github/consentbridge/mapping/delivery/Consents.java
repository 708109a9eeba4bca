package io.github.consentbridge.mapping.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code consents} of an event or a user, in the shapes of API v2 ({@code values}) and v1 ({@code preferences},
 * {@code channels}).
 *
 * @see <a href="https://developers.didomi.io/api-and-platform/consents/events/consent-event-schema">Event schema</a>
 */
final class Consents {
    private final JsonNode entity;
    private final JsonNode consents;

    /** @param entity an event, a user, or a missing node */
    Consents(JsonNode entity) {
        this.entity = entity;
        this.consents = entity.path("consents");
    }

    /** The value at a path; null if it is absent or not chosen ({@code enabled: null}). */
    @Nullable
    ConsentValue value(DidomiPath path) {
        if (path instanceof DidomiPath.Purpose purpose) {
            return flag(item(consents.path("purposes"), purpose.purpose()));
        }
        if (path instanceof DidomiPath.Preference preference) {
            return preference(preference);
        }
        if (path instanceof DidomiPath.Channel channel) {
            return channel(channel);
        }
        return property(((DidomiPath.Property) path).name());
    }

    private @Nullable ConsentValue preference(DidomiPath.Preference path) {
        for (JsonNode purpose : purposes(path.purpose())) {
            JsonNode chosen = purpose.path("values").path(path.preference()).path("value");
            if (chosen.isTextual()) {
                return ConsentValue.ofSelection(chosen.textValue());
            }
            @Nullable ConsentValue flag = flag(item(purpose.path("preferences"), path.preference()));
            if (flag != null) {
                return flag;
            }
        }
        return path.purpose() == null ? flag(item(consents.path("preferences"), path.preference())) : null;
    }

    private @Nullable ConsentValue channel(DidomiPath.Channel path) {
        List<JsonNode> holders = new ArrayList<>();
        if (path.preference() != null) {
            for (JsonNode purpose : purposes(path.purpose())) {
                holders.add(item(purpose.path("preferences"), path.preference()));
            }
        } else if (path.purpose() != null) {
            holders.addAll(purposes(path.purpose()));
        } else {
            holders.add(consents);
        }
        for (JsonNode holder : holders) {
            @Nullable ConsentValue flag = flag(item(holder.path("channels"), path.channel()));
            if (flag != null) {
                return flag;
            }
        }
        return null;
    }

    private @Nullable ConsentValue property(String name) {
        JsonNode value = entity.path(name);
        return value.isValueNode() && !value.isNull() && !value.asText().isEmpty()
                ? new ConsentValue.Text(value.asText())
                : null;
    }

    private List<JsonNode> purposes(@Nullable String id) {
        JsonNode purposes = consents.path("purposes");
        List<JsonNode> found = new ArrayList<>();
        if (id == null) {
            purposes.forEach(found::add);
        } else {
            found.add(item(purposes, id));
        }
        return found;
    }

    /** One element of a list, by its id. In a flattened body the list is an object, keyed by id or by index. */
    private static JsonNode item(JsonNode list, String id) {
        for (JsonNode item : list) {
            if (id.equals(item.path("id").asText())) {
                return item;
            }
        }
        // An element with an id is keyed by its index, and an index may look like another element's id.
        JsonNode byKey = list.path(id);
        return byKey.has("id") ? MissingNode.getInstance() : byKey;
    }

    private static @Nullable ConsentValue flag(JsonNode item) {
        JsonNode enabled = item.path("enabled");
        return enabled.isBoolean() ? ConsentValue.of(enabled.booleanValue()) : null;
    }
}
