package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The choices of persons, over all of a person's Didomi users. */
final class Persons {
    private final DidomiStore store;
    private final String organizationId;

    Persons(DidomiStore store, String organizationId) {
        this.store = store;
        this.organizationId = organizationId;
    }

    /** The value at this path below the purpose in the newest confirmed event that has one. */
    Optional<JsonNode> newest(String organizationUserId, String regulation, String purposeId, String pointer) {
        synchronized (store) {
            return store.usersOf(organizationUserId).stream()
                    .flatMap(user -> lastStoredFirst(user.events()))
                    .filter(event -> event.isConfirmed() && event.regulation().equals(regulation))
                    .sorted(Comparator.comparingLong(DidomiEvent::createdAt).reversed())
                    .flatMap(event -> purposes(event))
                    .filter(purpose -> purpose.path("id").asText().equals(purposeId))
                    .map(purpose -> purpose.at(pointer))
                    .filter(value -> !value.isMissingNode() && !value.isNull())
                    .findFirst();
        }
    }

    /** Of events with one date the user shows the one that was stored last. */
    private static Stream<DidomiEvent> lastStoredFirst(List<DidomiEvent> events) {
        List<DidomiEvent> reversed = new ArrayList<>(events);
        Collections.reverse(reversed);
        return reversed.stream();
    }

    List<JsonNode> users(String organizationUserId) {
        synchronized (store) {
            return store.usersOf(organizationUserId).stream()
                    .<JsonNode>map(user -> user.json(organizationId, "gdpr"))
                    .toList();
        }
    }

    List<JsonNode> events(String organizationUserId) {
        synchronized (store) {
            return store.usersOf(organizationUserId).stream()
                    .flatMap(user -> user.events().stream().<JsonNode>map(event -> event.json(user, organizationId)))
                    .toList();
        }
    }

    private static Stream<JsonNode> purposes(DidomiEvent event) {
        return StreamSupport.stream(event.consents().path("purposes").spliterator(), false);
    }

    /** @throws NoSuchElementException if the person has no such event */
    void deleteEvent(String organizationUserId, String eventId) {
        store.removeEvents(
                owner(organizationUserId, eventId), event -> event.id().equals(eventId));
    }

    /** @throws NoSuchElementException if the person has no such event */
    void editEvent(String organizationUserId, String eventId, JsonNode consents) {
        DidomiUser user = owner(organizationUserId, eventId);
        DidomiEvent before = user.event(eventId).orElseThrow();
        store.replace(user, before, before.edited(consents, store.now()));
    }

    private DidomiUser owner(String organizationUserId, String eventId) {
        return store.usersOf(organizationUserId).stream()
                .filter(user -> user.event(eventId).isPresent())
                .findFirst()
                .orElseThrow();
    }
}
