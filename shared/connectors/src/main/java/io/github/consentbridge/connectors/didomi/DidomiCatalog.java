package io.github.consentbridge.connectors.didomi;

import java.util.List;

/**
 * What an organisation asks its people, with the names that people read. Names are in the order that Didomi lists the
 * languages, English first; a purpose or a preference without a name has none.
 *
 * @see <a href="https://developers.didomi.io/api-and-platform/data-manager">Data Manager</a>
 */
public record DidomiCatalog(List<Purpose> purposes, List<Preference> preferences) {
    public DidomiCatalog {
        purposes = List.copyOf(purposes);
        preferences = List.copyOf(preferences);
    }

    /** A purpose. {@code id} is the one that consents name. */
    public record Purpose(String id, List<String> names) {
        public Purpose {
            names = List.copyOf(names);
        }
    }

    /**
     * A question with several answers.
     *
     * @param several whether a person may choose more than one value
     * @param purposes the purposes that it is asked under, by the ids that consents name; empty if Didomi does not say
     */
    public record Preference(
            String id, List<String> names, boolean several, List<Value> values, List<String> purposes) {
        public Preference {
            names = List.copyOf(names);
            values = List.copyOf(values);
            purposes = List.copyOf(purposes);
        }
    }

    /** One answer to a preference. */
    public record Value(String id, List<String> names) {
        public Value {
            names = List.copyOf(names);
        }
    }
}
