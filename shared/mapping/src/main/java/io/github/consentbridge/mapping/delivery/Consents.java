package io.github.consentbridge.mapping.delivery;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The {@code consents} of an event or a user, in the shapes of API v2 ({@code values}) and v1 ({@code preferences},
 * {@code channels}). Only the members on the way to a value are checked: another purpose may hold anything.
 *
 * @see <a href="https://developers.didomi.io/api-and-platform/consents/events/consent-event-schema">Event schema</a>
 */
final class Consents {
    private final JsonNode entity;
    private final String name;

    /**
     * @param entity an event, a user, or a missing node
     * @param name the entity's name in the delivery, for messages
     */
    Consents(JsonNode entity, String name) {
        this.entity = entity;
        this.name = name;
    }

    /** A member with its path, which is only put together for a message. */
    private record Member(JsonNode value, Supplier<String> path) {
        private Supplier<String> at(String member) {
            return () -> path.get() + "." + member;
        }

        Member object(String member) throws MalformedDeliveryException {
            return object(value.path(member), at(member));
        }

        private static Member object(JsonNode value, Supplier<String> path) throws MalformedDeliveryException {
            return new Member(WireJson.object(value, path), path);
        }

        /** One element of a list, by its id. In a flattened body the list is an object, keyed by id or by index. */
        Member item(String list, String id) throws MalformedDeliveryException {
            Member items = new Member(value.path(list), at(list));
            for (Member item : items.elements()) {
                if (id.equals(WireJson.text(item.value.path("id"), item.at("id")))) {
                    return item;
                }
            }
            JsonNode byKey = items.value.path(id);
            // An element with an id is keyed by its index, and an index may look like another element's id.
            return byKey.has("id") ? new Member(MissingNode.getInstance(), items.at(id)) : items.object(id);
        }

        List<Member> items(String list) throws MalformedDeliveryException {
            return new Member(value.path(list), at(list)).elements();
        }

        private List<Member> elements() throws MalformedDeliveryException {
            if (!value.isContainerNode() && !WireJson.isAbsent(value)) {
                throw WireJson.wrong(path.get(), "is not a list");
            }
            List<Member> elements = new ArrayList<>();
            for (JsonNode element : value) {
                // By its place, because a key in the body may be anything.
                String place = "[" + elements.size() + "]";
                if (value.isArray() || element.isObject()) {
                    elements.add(object(element, () -> path.get() + place));
                }
            }
            return elements;
        }

        /** Null if it is absent or not chosen. */
        @Nullable
        ConsentValue flag() throws MalformedDeliveryException {
            JsonNode enabled = value.path("enabled");
            if (!enabled.isBoolean() && !WireJson.isAbsent(enabled)) {
                throw WireJson.wrong(at("enabled").get(), "is not true, false or null");
            }
            return enabled.isBoolean() ? ConsentValue.of(enabled.booleanValue()) : null;
        }

        /** Null if it is absent; an empty text is the choice of nothing. */
        @Nullable
        ConsentValue selection() throws MalformedDeliveryException {
            JsonNode chosen = value.path("value");
            @Nullable String ids = WireJson.text(chosen, at("value"));
            return WireJson.isAbsent(chosen) ? null : ConsentValue.ofSelection(requireNonNullElse(ids, ""));
        }
    }

    /**
     * The value at a path; null if it is absent or not chosen ({@code enabled: null}).
     *
     * @throws MalformedDeliveryException if a member on the way to it does not have the documented type
     */
    @Nullable
    ConsentValue value(DidomiPath path) throws MalformedDeliveryException {
        if (path instanceof DidomiPath.Purpose purpose) {
            return consents().item("purposes", purpose.purpose()).flag();
        }
        if (path instanceof DidomiPath.Preference preference) {
            return preference(preference);
        }
        if (path instanceof DidomiPath.Channel channel) {
            return channel(channel);
        }
        return property(((DidomiPath.Property) path).name());
    }

    private Member consents() throws MalformedDeliveryException {
        return new Member(entity, () -> name).object("consents");
    }

    private @Nullable ConsentValue preference(DidomiPath.Preference path) throws MalformedDeliveryException {
        for (Member purpose : purposes(path.purpose())) {
            @Nullable
            ConsentValue selection =
                    purpose.object("values").object(path.preference()).selection();
            if (selection != null) {
                return selection;
            }
            @Nullable
            ConsentValue flag = purpose.item("preferences", path.preference()).flag();
            if (flag != null) {
                return flag;
            }
        }
        return path.purpose() == null
                ? consents().item("preferences", path.preference()).flag()
                : null;
    }

    private @Nullable ConsentValue channel(DidomiPath.Channel path) throws MalformedDeliveryException {
        List<Member> holders = new ArrayList<>();
        if (path.preference() != null) {
            for (Member purpose : purposes(path.purpose())) {
                holders.add(purpose.item("preferences", path.preference()));
            }
        } else if (path.purpose() != null) {
            holders.addAll(purposes(path.purpose()));
        } else {
            holders.add(consents());
        }
        for (Member holder : holders) {
            @Nullable
            ConsentValue flag = holder.item("channels", path.channel()).flag();
            if (flag != null) {
                return flag;
            }
        }
        return null;
    }

    /** Null for an object or a list, which has no value in a column. */
    private @Nullable ConsentValue property(String property) throws MalformedDeliveryException {
        JsonNode value = entity.path(property);
        return value.isValueNode() && !value.isNull() && !value.asText().isEmpty()
                ? new ConsentValue.Text(WireJson.paired(value.asText(), () -> name + "." + property))
                : null;
    }

    private List<Member> purposes(@Nullable String id) throws MalformedDeliveryException {
        return id == null ? consents().items("purposes") : List.of(consents().item("purposes", id));
    }
}
