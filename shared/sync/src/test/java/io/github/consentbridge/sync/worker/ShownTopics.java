package io.github.consentbridge.sync.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** What both simulated systems show of a {@link RandomPerson}, by topic. */
final class ShownTopics {
    static final List<String> TOPICS = List.of("newsletter", "offers", "frequency");

    private final Systems systems;
    private final String key;

    ShownTopics(Systems systems, String key) {
        this.systems = systems;
        this.key = key;
    }

    /** How a topic's choice is written. */
    static String value(String topic, boolean yes) {
        return topic.equals("frequency") ? (yes ? "weekly" : "monthly") : Boolean.toString(yes);
    }

    /** The columns that show a topic's choice. */
    static Map<String, Object> columns(String topic, boolean yes) {
        // Sorted, because the order of Map.of changes from run to run, and a seed must give the same history.
        return new TreeMap<>(
                switch (topic) {
                    case "newsletter" -> Map.of("new_newsletter", yes, "new_nonews", !yes);
                    case "offers" -> Map.of("new_offers", yes);
                    default -> Map.of("new_frequency", yes ? 1 : 2);
                });
    }

    /** What all columns of the topic show together. */
    String inDynamics(String topic, UUID contact) {
        Map<String, Object> shown = systems.dataverse.contact(contact);
        for (boolean yes : List.of(true, false)) {
            if (shown.entrySet().containsAll(columns(topic, yes).entrySet())) {
                return value(topic, yes);
            }
        }
        return "neither of both: " + shown;
    }

    /**
     * What the person's newest event says, by its date and by its arrival. The two differ only where another device's choice
     * came late.
     */
    Set<String> inDidomi(String topic) {
        Set<String> shown = new HashSet<>();
        for (String time : List.of("created_at", "updated_at")) {
            List<JsonNode> events = systems.didomi.events(key).stream()
                    .filter(event -> !chosen(event, topic).isEmpty())
                    .toList();
            // Of two in one millisecond, on two devices, either is the newest.
            events.stream()
                    .map(event -> at(event, time))
                    .max(Comparator.naturalOrder())
                    .ifPresent(newest -> events.stream()
                            .filter(event -> at(event, time).equals(newest))
                            .forEach(event -> shown.add(chosen(event, topic))));
        }
        return shown;
    }

    /** What each of the person's devices shows. */
    Set<String> onDevices(String topic) {
        Set<String> shown = new HashSet<>();
        systems.didomi.users(key).forEach(user -> {
            String value = user.path("consents").path("purposes").findParents("id").stream()
                    .map(purpose -> value(purpose, topic))
                    .collect(Collectors.joining());
            shown.add(value);
        });
        return shown;
    }

    private static Instant at(JsonNode event, String time) {
        return Instant.parse(event.path(time).asText());
    }

    private static String chosen(JsonNode event, String topic) {
        return value(event.at("/consents/purposes/0"), topic);
    }

    private static String value(JsonNode purpose, String topic) {
        String pointer = topic.equals("frequency") ? "/values/frequency/value" : "/enabled";
        String id = topic.equals("frequency") ? "newsletter" : topic;
        return purpose.path("id").asText().equals(id) ? purpose.at(pointer).asText() : "";
    }
}
