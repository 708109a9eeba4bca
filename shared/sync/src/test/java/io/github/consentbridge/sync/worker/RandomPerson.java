package io.github.consentbridge.sync.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.RouteKind;
import io.github.consentbridge.sync.queue.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A person in a {@link History}: what they and staff do, and what both sides should show in the end. */
final class RandomPerson {
    private static final String ANOTHER_ENVIRONMENT = "b41d9e00-1111-4222-8333-0000000000b2";
    private static final List<String> TOPICS = ShownTopics.TOPICS;

    final String key;
    final ShownTopics shown;
    private final Systems systems;
    private final Random random;
    private final Map<String, ChoicesMade> made = new LinkedHashMap<>();
    private final Consumer<String> story;
    private final List<Event> events = new ArrayList<>();

    /** Where another device's choice came late, or with a wrong date. */
    private final Set<String> late = new HashSet<>();

    private UUID contact;
    private int devices;
    private boolean doubt;

    /** An event of the person's own, not of ours. */
    private record Event(String id, String topic, String value, Instant at) {}

    RandomPerson(String key, Systems systems, Random random, Consumer<String> story) {
        this.key = key;
        this.shown = new ShownTopics(systems, key);
        this.systems = systems;
        this.random = random;
        this.story = story;
        TOPICS.forEach(topic -> made.put(topic, new ChoicesMade()));
    }

    /** Half of them have chosen something in Didomi before. */
    void begin() {
        contact = systems.contact(key);
        if (random.nextBoolean()) {
            devices = 1;
            Instant now = systems.clock.instant();
            TOPICS.forEach(topic -> chooseInDidomi(topic, now, now, 1));
        }
    }

    /** Returns whether Didomi shows that something was chosen: the same choice once more does not show. */
    boolean chooseInDidomi() {
        String before = shownOnDevices();
        boolean later = devices > 0 && random.nextInt(5) == 0;
        int device = later ? 1 + random.nextInt(devices) : 1 + random.nextInt(2);
        devices = Math.max(devices, device);
        Instant at = systems.clock.instant().minusMillis(later ? random.nextInt(90_000) : 0);
        String topic = TOPICS.get(random.nextInt(TOPICS.size()));
        if (later && devices > 1) {
            late.add(topic);
        }
        chooseInDidomi(topic, at, at, device);
        return !shownOnDevices().equals(before);
    }

    /** On a device whose clock is days or years ahead: it counts as made now, if it is reported now. */
    void chooseInDidomiAheadOfTime() {
        devices = Math.max(devices, 1);
        Instant now = systems.clock.instant();
        Instant claimed = now.plus(Duration.ofDays(1 + random.nextInt(20_000)));
        chooseInDidomi(TOPICS.get(random.nextInt(TOPICS.size())), claimed, now, 1);
        // Of two devices, which showed its value last is a guess then: the event's date does not say.
        late.addAll(devices > 1 ? TOPICS : List.of());
    }

    /** An administrator deletes one of the events; then it was not chosen. Returns whether there was one. */
    boolean deleteEvent() {
        if (events.isEmpty()) {
            return false;
        }
        Event event = events.remove(random.nextInt(events.size()));
        story.accept(
                "the event of %s for %s %s at %s is deleted".formatted(key, event.topic(), event.value(), event.at()));
        systems.didomi.deleteEvent(key, event.id());
        made.get(event.topic()).unmade(event.value(), event.at(), systems.clock.instant());
        return true;
    }

    private Set<String> eventIds() {
        return systems.didomi.events(key).stream()
                .map(event -> event.path("id").asText())
                .collect(Collectors.toSet());
    }

    private String shownOnDevices() {
        Map<String, JsonNode> users = new TreeMap<>();
        systems.didomi.users(key).forEach(user -> users.put(user.path("id").asText(), user.path("consents")));
        return users.toString();
    }

    private void chooseInDidomi(String topic, Instant claimed, Instant at, int device) {
        boolean yes = random.nextBoolean();
        SimulatedChoice choice =
                SimulatedChoice.by(key).didomiUser(key + "-u" + device).at(claimed);
        if (random.nextInt(8) == 0) {
            // Another bridge on the same Didomi organization writes for the person.
            choice.metadata(Map.of("origin", "consent-bridge", "environment", ANOTHER_ENVIRONMENT));
        }
        Set<String> before = eventIds();
        systems.didomi.choose(
                topic.equals("frequency")
                        ? choice.preference("newsletter", "frequency", ShownTopics.value(topic, yes))
                        : choice.purpose(topic, yes));
        story.accept("%s chooses %s %s on device %d at %s"
                .formatted(key, topic, ShownTopics.value(topic, yes), device, claimed));
        made.get(topic).made(Side.DIDOMI, ShownTopics.value(topic, yes), at);
        eventIds().stream()
                .filter(id -> !before.contains(id))
                .forEach(id -> events.add(new Event(id, topic, ShownTopics.value(topic, yes), at)));
    }

    /** Staff choose for the person, in one of the columns or in all that show it. */
    void edit(boolean lost) {
        String topic = TOPICS.get(random.nextInt(TOPICS.size()));
        boolean yes = random.nextBoolean();
        Map<String, Object> columns = ShownTopics.columns(topic, yes);
        if (topic.equals("newsletter") && random.nextBoolean()) {
            columns.remove(random.nextBoolean() ? "new_newsletter" : "new_nonews");
        }
        Map<String, Object> before = systems.dataverse.contact(contact);
        columns.entrySet().removeIf(column -> column.getValue().equals(before.get(column.getKey())));
        systems.dataverse.editContact(contact, columns);
        story.accept("staff edit %s of %s".formatted(columns, key));
        if (columns.isEmpty()) {
            return;
        }
        Instant at = systems.clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (lost) {
            made.get(topic).lost(ShownTopics.value(topic, yes), at);
        } else {
            made.get(topic).made(Side.DYNAMICS, ShownTopics.value(topic, yes), at);
        }
    }

    void editElsewhere() {
        story.accept("staff edit another column of " + key);
        systems.dataverse.editContact(contact, Map.of("firstname", "F" + random.nextInt(1000)));
    }

    void clear() {
        Map<String, @Nullable Object> cleared = new HashMap<>();
        cleared.put(random.nextBoolean() ? "new_offers" : "new_newsletter", null);
        story.accept("staff clear %s of %s".formatted(cleared.keySet(), key));
        systems.dataverse.editContact(contact, cleared);
    }

    /** Deleted and made anew, with its columns' defaults. */
    void recreate() {
        story.accept("the contact of %s is made anew".formatted(key));
        systems.dataverse.deleteContact(contact);
        contact = systems.contact(key);
    }

    /**
     * Somebody else's contact, of which we hear nothing before, is merged into the person's, and staff keep the values of
     * that one.
     */
    void merge() {
        boolean yes = random.nextBoolean();
        Map<String, Object> copied = new TreeMap<>(ShownTopics.columns("newsletter", yes));
        copied.put("new_offers", random.nextBoolean());
        story.accept("a merge copies %s to the contact of %s".formatted(copied, key));
        UUID other = systems.dataverse.addContact(copied);
        systems.dataverse.loseAll();
        systems.dataverse.mergeContacts(contact, other, copied);
    }

    /** Whether it is about this person, or about somebody whose contact was merged into the person's. */
    boolean isMeantBy(Delivery delivery) {
        return delivery.person().equals(key) || delivery.body().contains(contact.toString());
    }

    /**
     * From now on everything that is asked about this person fails with this.
     *
     * @param ofDynamics also in Dynamics, else in Didomi only
     */
    void fail(boolean ofDynamics, Fault fault) {
        inDoubt();
        if (ofDynamics) {
            systems.dataverse.faults().whenHolding(RouteKind.FIND_CONTACTS, key, fault);
            systems.dataverse.faults().whenHolding(RouteKind.UPDATE_CONTACT, contact.toString(), fault);
        } else {
            systems.didomi.faults().whenHolding(RouteKind.READ_USERS, key, fault);
            systems.didomi.faults().whenHolding(RouteKind.POST_EVENTS, key, fault);
        }
    }

    /**
     * From now on it is unknown whether a write to the contact landed. A refusal that the contact showed before may then
     * count as one made after it: no refusal is undone.
     */
    void inDoubt() {
        doubt = true;
    }

    private Set<String> possibleEnds(String topic, ChoicesMade choices) {
        Set<String> possible = new HashSet<>(choices.possibleEnds());
        if (doubt && !possible.isEmpty() && !topic.equals("frequency")) {
            possible.add("false");
        }
        return possible;
    }

    /** Checks both sides; returns of how many topics the end was not open to doubt. */
    int checkEnd() {
        int sure = 0;
        for (Map.Entry<String, ChoicesMade> topic : made.entrySet()) {
            Set<String> possible = possibleEnds(topic.getKey(), topic.getValue());
            if (possible.isEmpty()) {
                continue;
            }
            String end = shown.inDynamics(topic.getKey(), contact);
            assertThat(possible)
                    .as("%s of %s in Dynamics, of %s", topic.getKey(), key, topic.getValue())
                    .contains(end);
            assertThat(inDidomi(topic.getKey()))
                    .as("%s of %s in Didomi, of %s", topic.getKey(), key, topic.getValue())
                    .contains(end);
            sure += possible.size() == 1 ? 1 : 0;
        }
        return sure;
    }

    /**
     * What Didomi may show of the topic: where another device's choice came late, what its newest event says by date or by
     * arrival, or what one of the devices shows.
     */
    Set<String> inDidomi(String topic) {
        Set<String> all = shown.inDidomi(topic);
        if (late.contains(topic)) {
            all.addAll(shown.onDevices(topic));
        }
        return all;
    }

    UUID contact() {
        return contact;
    }

    /** The choices really made for a topic. */
    ChoicesMade made(String topic) {
        return made.get(topic);
    }

    boolean isInDoubt() {
        return doubt;
    }

    void leave() {
        systems.dataverse.deleteContact(contact);
    }
}
