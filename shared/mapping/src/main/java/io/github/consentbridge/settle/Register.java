package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.AttributeName;
import io.github.consentbridge.mapping.ConsentValue;
import io.github.consentbridge.mapping.Wins;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the consent ledger knows of one Didomi value of one person.
 *
 * @param users by Didomi user id; several may share one organization user id
 * @param columns by contact column
 * @param posting events of ours on their way to Didomi, or there and not yet read back
 * @param posted the date of the newest event of ours that Didomi has confirmed
 */
public record Register(
        SortedMap<String, Place> users,
        SortedMap<AttributeName, Place> columns,
        List<Posting> posting,
        @Nullable Instant posted) {
    static final Register EMPTY = new Register(new TreeMap<>(), new TreeMap<>(), List.of(), null);

    public Register {
        users = Collections.unmodifiableSortedMap(users);
        columns = Collections.unmodifiableSortedMap(columns);
        posting = List.copyOf(posting);
    }

    /** The choice that stands; empty where nobody has chosen. */
    public Optional<Decision> decision(Wins wins) {
        return Optional.ofNullable(Decision.between(choice(Side.DIDOMI), choice(Side.DYNAMICS), wins));
    }

    /** The newest choice of one side, noticed ones at the latest time they can have; null if it has none. */
    public @Nullable Told choice(Side side) {
        return newest(side == Side.DIDOMI ? users.values() : columns.values());
    }

    private static @Nullable Told newest(Collection<Place> places) {
        @Nullable Told newest = null;
        for (Place place : places) {
            @Nullable Told choice = place.choice();
            newest = choice == null ? newest : Told.newest(newest, choice);
        }
        return newest;
    }

    /**
     * The value that Didomi shows as far as we know: that of the user whose state changed last, or what was told or
     * posted after that.
     */
    public @Nullable ConsentValue didomiValue() {
        return latest(true).value();
    }

    /** Since when Didomi shows {@link #didomiValue}, as far as we know; null where it shows nothing. */
    public @Nullable Instant didomiSince() {
        Shown shown = latest(true);
        return shown.value() == null ? null : shown.since();
    }

    /** The value that Didomi shows now that its users were read: what was told or posted shows there, or is not there. */
    @Nullable
    ConsentValue didomiValueRead() {
        return latest(false).value();
    }

    private record Shown(@Nullable ConsentValue value, Instant since) {}

    private Shown latest(boolean withNews) {
        @Nullable ConsentValue value = null;
        Instant last = Instant.MIN;
        for (Place user : users.values()) {
            if (user.seen() != null && later(user.shownSince(), user.seen().value(), last, value)) {
                value = user.seen().value();
                last = user.shownSince();
            }
            if (withNews
                    && user.told() != null
                    && (user.seen() == null
                            || user.told()
                                    .decidedAt()
                                    .isAfter(user.seen().stamp().at()))
                    && later(user.told().decidedAt(), user.told().value(), last, value)) {
                value = user.told().value();
                last = user.told().decidedAt();
            }
        }
        for (Posting event : withNews ? posting : List.<Posting>of()) {
            if (event.landed() && later(event.since(), event.value(), last, value)) {
                value = event.value();
                last = event.since();
            }
        }
        return new Shown(value, last);
    }

    /**
     * Whether only a read tells what Didomi shows: events of ours landed of which we cannot tell the last, or a user's
     * state that shows another value may come from before or after the event that landed.
     */
    boolean isDidomiUncertain() {
        @Nullable Posting last = lastLanded();
        if (last == null) {
            return false;
        }
        boolean several = posting.stream()
                .anyMatch(event -> event.landed() && !event.value().equals(last.value()));
        return several || users.values().stream().anyMatch(user -> showsOtherAfter(user, last));
    }

    private static boolean showsOtherAfter(Place user, Posting last) {
        return user.seen() != null
                && user.seen().value() != null
                && !user.seen().value().equals(last.value())
                && !user.seen().stamp().at().isBefore(last.since());
    }

    /** Whether an event of ours with this value is to show in Didomi, or landed after all that was read there. */
    boolean isOnItsWay(ConsentValue value) {
        return posting.stream()
                .filter(event -> event.value().equals(value))
                .anyMatch(event -> !event.landed()
                        || users.values().stream()
                                .noneMatch(user -> user.seen() != null
                                        && !user.seen().stamp().at().isBefore(event.since())));
    }

    private static boolean later(
            Instant since, @Nullable ConsentValue candidate, Instant last, @Nullable ConsentValue value) {
        if (candidate == null) {
            return false;
        }
        int byTime = since.compareTo(last);
        return byTime > 0 || (byTime == 0 && (value == null || candidate.compareTo(value) > 0));
    }

    /** When everything that we know of Didomi had happened; its users may have changed in other values since. */
    Instant lastKnownInDidomi() {
        Instant last = Instant.EPOCH;
        for (Posting event : posting) {
            last = event.landed() ? later(last, event.since()) : last;
        }
        for (Place user : users.values()) {
            @Nullable Told choice = user.choice();
            last = user.seen() != null ? later(last, user.seen().stamp().at()) : last;
            last = choice != null ? later(last, choice.decidedAt()) : last;
        }
        return last;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    Place user(String userId) {
        return users.getOrDefault(userId, Place.UNKNOWN);
    }

    /** What is known of this column. */
    public Place column(AttributeName column) {
        return columns.getOrDefault(column, Place.UNKNOWN);
    }

    Register withUser(String userId, Place place) {
        if (place.equals(users.get(userId))) {
            return this;
        }
        SortedMap<String, Place> changed = new TreeMap<>(users);
        changed.put(userId, place);
        return new Register(changed, columns, posting, posted);
    }

    Register withColumn(AttributeName column, Place place) {
        if (place.equals(column(column))) {
            return this;
        }
        SortedMap<AttributeName, Place> changed = new TreeMap<>(columns);
        changed.put(column, place);
        return new Register(users, changed, posting, posted);
    }

    Register withPosting(Posting event) {
        if (posting.contains(event)) {
            return this;
        }
        List<Posting> more = new ArrayList<>(posting);
        more.add(event);
        return new Register(users, columns, more, posted);
    }

    Register withoutPosting(Posting event) {
        List<Posting> left = new ArrayList<>(posting);
        left.remove(event);
        return new Register(users, columns, left, posted);
    }

    Register withLanded(Posting event) {
        List<Posting> all = new ArrayList<>(posting);
        all.replaceAll(each -> each.equals(event) ? event.confirmed() : each);
        boolean newer = posted == null || posted.isBefore(event.createdAt());
        return new Register(users, columns, all, newer ? event.createdAt() : posted);
    }

    /** Didomi was read after these landed: what they did shows in its users. */
    Register withLandedRead() {
        List<Posting> left = posting.stream().filter(event -> !event.landed()).toList();
        return left.size() == posting.size() ? this : new Register(users, columns, left, posted);
    }

    Register onAnotherContact() {
        SortedMap<AttributeName, Place> changed = new TreeMap<>();
        columns.forEach((column, place) -> changed.put(column, place.onAnotherRecord()));
        return changed.equals(columns) ? this : new Register(users, changed, posting, posted);
    }

    /** Forgets what was seen on Didomi users that are no longer there; what was told by them stays. */
    Register withUsersLeft(Collection<String> userIds) {
        SortedMap<String, Place> changed = new TreeMap<>();
        users.forEach((id, place) -> changed.put(id, userIds.contains(id) ? place : place.onAnotherRecord()));
        return changed.equals(users) ? this : new Register(changed, columns, posting, posted);
    }

    /**
     * Whether an event of ours explains that this user shows the value: one that neither a later choice of theirs nor a
     * later event of ours, landed since, has replaced.
     */
    boolean isPosting(ConsentValue value, Place user) {
        @Nullable Told choice = user.choice();
        @Nullable Posting last = lastLanded();
        return posting.stream()
                .anyMatch(event -> event.value().equals(value)
                        && (choice == null || !event.createdAt().isBefore(choice.decidedAt()))
                        && (last == null || !event.since().isBefore(last.since())));
    }

    /** The newest event of ours that landed and was not read back yet; null if there is none. */
    @Nullable
    Posting lastLanded() {
        return posting.stream()
                .filter(Posting::landed)
                .max(Comparator.comparing(Posting::since))
                .orElse(null);
    }

    /**
     * The event of ours that has replaced what this user was expected to show before it, if it reached this user; null if
     * there is none.
     */
    @Nullable
    Posting replacing(Place user) {
        @Nullable Posting last = lastLanded();
        boolean newer =
                last != null && (user.told() == null || !user.told().decidedAt().isAfter(last.createdAt()));
        return newer ? last : null;
    }
}
