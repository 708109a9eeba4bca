package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Ids;
import io.github.consentbridge.simulators.http.Json;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Users and their events. Every change is reported to {@link Announcements}. Equal consents are stored once, so that a
 * million users take a few hundred megabytes. Callers hold the store's monitor during what must be atomic.
 */
final class DidomiStore {
    private static final int MAX_SHARED = 4096;
    private static final ObjectNode NO_DETAILS = Json.object();

    private final Clock clock;
    private final Ids ids;
    private final Announcements announcements;
    private final List<@Nullable DidomiUser> users = new ArrayList<>();
    private final Map<String, DidomiUser> byId = new HashMap<>();
    private final Map<String, List<DidomiUser>> byOrganizationUserId = new HashMap<>();
    /** Ids given by clients; generated ones are unique. */
    private final Set<String> clientEventIds = new HashSet<>();

    private final Map<JsonNode, JsonNode> sharedConsents = new HashMap<>();
    private int removed;

    DidomiStore(Clock clock, Ids ids, Announcements announcements) {
        this.clock = clock;
        this.ids = ids;
        this.announcements = announcements;
    }

    long now() {
        return clock.millis();
    }

    synchronized int userCount() {
        return users.size() - removed;
    }

    synchronized Optional<DidomiUser> user(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Users with this organization user id, the last changed one first. */
    synchronized List<DidomiUser> usersOf(String organizationUserId) {
        return byOrganizationUserId.getOrDefault(organizationUserId, List.of()).stream()
                .sorted(Comparator.comparingLong(DidomiUser::updatedAt).reversed())
                .toList();
    }

    /** Users from a position on, each with the position after it. */
    synchronized List<Map.Entry<Integer, DidomiUser>> page(int start, int size) {
        List<Map.Entry<Integer, DidomiUser>> page = new ArrayList<>();
        for (int at = start; at < users.size() && page.size() < size; at++) {
            DidomiUser user = users.get(at);
            if (user != null) {
                page.add(Map.entry(at + 1, user));
            }
        }
        return page;
    }

    synchronized boolean hasEvent(String id) {
        return clientEventIds.contains(id);
    }

    /** Stores an event and recomputes its user, who is created if missing. */
    synchronized DidomiUser add(NewEvent given, boolean silent) {
        long now = clock.millis();
        Optional<DidomiUser> known = find(given);
        DidomiUser user = known.orElseGet(() -> create(given.userId().orElseGet(this::newId), now));
        Optional<Change> change = silent ? Optional.empty() : Optional.of(new Change(known, given.regulation()));
        given.organizationUserId().ifPresent(id -> assign(user, id));
        user.merge(given.userDetails());
        given.eventId().ifPresent(clientEventIds::add);
        DidomiEvent event = new DidomiEvent(
                given.eventId().orElseGet(this::newId),
                given.createdAt().orElse(now),
                now,
                given.status(),
                given.regulation(),
                shared(given.consents()),
                given.details().isEmpty() ? NO_DETAILS : given.details());
        user.add(event);
        if (event.isConfirmed() || known.isEmpty()) {
            user.changed(now);
        }
        change.ifPresent(found -> {
            announcements.eventCreated(user, event);
            found.announce(user, event);
        });
        return user;
    }

    synchronized void replace(DidomiUser user, DidomiEvent before, DidomiEvent after) {
        Change change = new Change(Optional.of(user), after.regulation());
        user.replace(after);
        announcements.eventUpdated(user, before, after);
        if (before.isConfirmed() || after.isConfirmed()) {
            user.changed(clock.millis());
            change.announce(user, after);
        }
    }

    /** Removes events and recomputes the user. */
    synchronized List<DidomiEvent> removeEvents(DidomiUser user, Predicate<DidomiEvent> unwanted) {
        List<DidomiEvent> gone = user.events().stream().filter(unwanted).toList();
        for (DidomiEvent event : gone) {
            Change change = new Change(Optional.of(user), event.regulation());
            user.removeIf(event::equals);
            clientEventIds.remove(event.id());
            announcements.eventDeleted(user, event);
            if (event.isConfirmed()) {
                user.changed(clock.millis());
                change.announce(user, null);
            }
        }
        return gone;
    }

    /** Creates a user without events, as {@code POST /consents/users} does. */
    synchronized DidomiUser addUser(
            Optional<String> id, Optional<String> organizationUserId, ObjectNode details, boolean silent) {
        DidomiUser user = create(id.orElseGet(this::newId), clock.millis());
        organizationUserId.ifPresent(key -> assign(user, key));
        user.merge(details);
        user.changed(clock.millis());
        if (!silent) {
            announcements.userCreated(user, "gdpr");
        }
        return user;
    }

    synchronized void changeUser(DidomiUser user, Optional<String> organizationUserId, ObjectNode details) {
        Change change = new Change(Optional.of(user), "gdpr");
        organizationUserId.ifPresent(key -> {
            user.organizationUserId().ifPresent(old -> unlink(user, old));
            link(user, key);
        });
        user.merge(details);
        user.changed(clock.millis());
        change.announce(user, null);
    }

    synchronized void remove(DidomiUser user) {
        byId.remove(user.id());
        user.organizationUserId().ifPresent(id -> unlink(user, id));
        user.events().forEach(event -> clientEventIds.remove(event.id()));
        users.set(users.indexOf(user), null);
        removed++;
        announcements.userDeleted(user);
    }

    private Optional<DidomiUser> find(NewEvent given) {
        if (given.userId().isPresent()) {
            return user(given.userId().get());
        }
        return given.organizationUserId().flatMap(id -> usersOf(id).stream().findFirst());
    }

    private DidomiUser create(String id, long now) {
        DidomiUser user = new DidomiUser(id, now);
        users.add(user);
        byId.put(id, user);
        return user;
    }

    /** A user's organization user id is never replaced. */
    private void assign(DidomiUser user, String organizationUserId) {
        if (user.organizationUserId().isEmpty()) {
            link(user, organizationUserId);
        }
    }

    private void link(DidomiUser user, String organizationUserId) {
        user.organizationUserId(organizationUserId);
        List<DidomiUser> before = byOrganizationUserId.getOrDefault(organizationUserId, List.of());
        byOrganizationUserId.put(
                organizationUserId,
                before.isEmpty()
                        ? List.of(user)
                        : Stream.concat(before.stream(), Stream.of(user)).toList());
    }

    private void unlink(DidomiUser user, String organizationUserId) {
        List<DidomiUser> rest = byOrganizationUserId.getOrDefault(organizationUserId, List.of()).stream()
                .filter(other -> !other.equals(user))
                .toList();
        if (rest.isEmpty()) {
            byOrganizationUserId.remove(organizationUserId);
        } else {
            byOrganizationUserId.put(organizationUserId, rest);
        }
    }

    private JsonNode shared(JsonNode consents) {
        if (sharedConsents.size() >= MAX_SHARED) {
            return sharedConsents.getOrDefault(consents, consents);
        }
        return sharedConsents.computeIfAbsent(consents, same -> same);
    }

    private String newId() {
        return ids.next().toString();
    }

    /** Captures a user's state before a change. */
    private final class Change {
        private final String regulation;
        private final @Nullable ObjectNode before;
        private final int versionBefore;

        Change(Optional<DidomiUser> user, String regulation) {
            this.regulation = regulation;
            this.before =
                    user.map(known -> announcements.json(known, regulation)).orElse(null);
            this.versionBefore = user.map(DidomiUser::version).orElse(0);
        }

        void announce(DidomiUser user, @Nullable DidomiEvent source) {
            if (before == null) {
                announcements.userCreated(user, regulation);
            } else if (user.version() > versionBefore) {
                announcements.userUpdated(user, regulation, before, source);
            }
        }
    }
}
