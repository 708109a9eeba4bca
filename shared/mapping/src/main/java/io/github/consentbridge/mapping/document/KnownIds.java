package io.github.consentbridge.mapping.document;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Didomi ids that are known to exist, by kind. They decide how an ambiguous {@code value} is parsed.
 *
 * @see DidomiPathParser
 */
public record KnownIds(Set<String> purposes, Set<String> preferences, Set<String> channels) {
    public static final KnownIds NONE = new KnownIds(Set.of(), Set.of(), Set.of());

    public KnownIds {
        purposes = Set.copyOf(purposes);
        preferences = Set.copyOf(preferences);
        channels = Set.copyOf(channels);
    }

    /** These ids and those that the paths name. */
    public KnownIds and(Collection<DidomiPath> paths) {
        return new KnownIds(
                with(purposes, paths, "purpose"),
                with(preferences, paths, "preference"),
                with(channels, paths, "channel"));
    }

    private static Set<String> with(Set<String> known, Collection<DidomiPath> paths, String part) {
        Set<String> ids = new LinkedHashSet<>(known);
        for (DidomiPath path : paths) {
            Map<String, String> parts = path.parts();
            if (parts.containsKey(part)) {
                ids.add(parts.get(part));
            }
        }
        return ids;
    }
}
