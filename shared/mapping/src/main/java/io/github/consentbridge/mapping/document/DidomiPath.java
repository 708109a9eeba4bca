package io.github.consentbridge.mapping.document;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names one value of a Didomi user, as a mapping's {@code value} does. Ids are Didomi's own.
 *
 * @see <a href="https://developers.didomi.io/api-and-platform/consents/users/users-schema">Users schema</a>
 */
public sealed interface DidomiPath extends Comparable<DidomiPath> {
    /** {@code purposes[].enabled}. */
    record Purpose(String purpose) implements DidomiPath {}

    /**
     * The values chosen for a preference (API v2, {@code purposes[].values}) or its {@code enabled} (API v1,
     * {@code purposes[].preferences[]}); without a purpose, the preference under any purpose that has it.
     */
    record Preference(@Nullable String purpose, String preference) implements DidomiPath {}

    /** {@code channels[].enabled} of a preference, of a purpose, or at the top (API v1). */
    record Channel(@Nullable String purpose, @Nullable String preference, String channel) implements DidomiPath {}

    /** A scalar field of the user itself, for example {@code updated_at} or {@code country}; never a consent. */
    record Property(String name) implements DidomiPath {}

    /** Whether this value is a choice; a property is only copied to Dynamics. */
    default boolean isConsent() {
        return !(this instanceof Property);
    }

    /** This path's key in the ledger, in logs and in reports; {@link #ofKey} reads it back. */
    default String key() {
        List<String> parts = new ArrayList<>();
        parts().forEach((name, id) -> parts.add(name + ":" + URLEncoder.encode(id, UTF_8)));
        return String.join("/", parts);
    }

    /** Reads what {@link #key()} wrote. */
    static DidomiPath ofKey(String key) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : key.split("/", -1)) {
            int colon = part.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("not the key of a Didomi path: " + key);
            }
            parts.put(part.substring(0, colon), URLDecoder.decode(part.substring(colon + 1), UTF_8));
        }
        return ofParts(parts);
    }

    /**
     * Builds a path from the members of a mapping's object form.
     *
     * @throws IllegalArgumentException if the members name nothing, or a property together with something else
     */
    static DidomiPath ofParts(Map<String, String> parts) {
        @Nullable String purpose = parts.get("purpose");
        @Nullable String preference = parts.get("preference");
        @Nullable String channel = parts.get("channel");
        @Nullable String property = parts.get("property");
        if (property != null && parts.size() == 1) {
            return new Property(property);
        }
        if (property == null && channel != null) {
            return new Channel(purpose, preference, channel);
        }
        if (property == null && preference != null) {
            return new Preference(purpose, preference);
        }
        if (property == null && purpose != null) {
            return new Purpose(purpose);
        }
        throw new IllegalArgumentException(
                "name a purpose, a preference, a channel or a property, and a property alone: " + parts.keySet());
    }

    /** The members of the object form, in the order purpose, preference, channel; or property. */
    default Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        if (this instanceof Property property) {
            parts.put("property", property.name());
        } else if (this instanceof Purpose purpose) {
            parts.put("purpose", purpose.purpose());
        } else if (this instanceof Preference preference) {
            putIfNamed(parts, "purpose", preference.purpose());
            parts.put("preference", preference.preference());
        } else if (this instanceof Channel channel) {
            putIfNamed(parts, "purpose", channel.purpose());
            putIfNamed(parts, "preference", channel.preference());
            parts.put("channel", channel.channel());
        }
        return parts;
    }

    private static void putIfNamed(Map<String, String> parts, String name, @Nullable String id) {
        if (id != null) {
            parts.put(name, id);
        }
    }

    /** By kind, then by ids. It builds no text because every look into a ledger entry calls it. */
    @Override
    default int compareTo(DidomiPath other) {
        if (this instanceof Purpose one && other instanceof Purpose two) {
            return one.purpose().compareTo(two.purpose());
        }
        int byKind = Integer.compare(kind(), other.kind());
        return byKind != 0 ? byKind : key().compareTo(other.key());
    }

    private int kind() {
        if (this instanceof Purpose) {
            return 0;
        }
        if (this instanceof Preference) {
            return 1;
        }
        return this instanceof Channel ? 2 : 3;
    }
}
