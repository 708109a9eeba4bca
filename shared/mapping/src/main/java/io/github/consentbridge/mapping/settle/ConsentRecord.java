package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Wins;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the consent ledger knows of one Didomi value of one person.
 *
 * @param users by Didomi user id; several may share one organization user id
 * @param columns by contact column
 * @param pending events of ours that are on their way to Didomi, or confirmed and not read back yet
 * @param posted the date of the newest event of ours that Didomi has confirmed
 */
public record ConsentRecord(
        SortedMap<String, Replica> users,
        SortedMap<AttributeName, Replica> columns,
        List<PendingEvent> pending,
        @Nullable Instant posted) {
    static final ConsentRecord EMPTY = new ConsentRecord(new TreeMap<>(), new TreeMap<>(), List.of(), null);

    public ConsentRecord {
        users = Collections.unmodifiableSortedMap(users);
        columns = Collections.unmodifiableSortedMap(columns);
        pending = List.copyOf(pending);
    }

    /** The winning choice (rule R1); empty if there is none. */
    public Optional<Decision> decision(Wins wins) {
        return Optional.ofNullable(Decision.between(choice(Side.DIDOMI), choice(Side.DYNAMICS), wins));
    }

    /** The newest choice of one side, an inferred one dated at its latest time; null if the side has none. */
    public @Nullable ReportedChoice choice(Side side) {
        return newest(side == Side.DIDOMI ? users.values() : columns.values());
    }

    private static @Nullable ReportedChoice newest(Collection<Replica> replicas) {
        @Nullable ReportedChoice newest = null;
        for (Replica replica : replicas) {
            @Nullable ReportedChoice choice = replica.choice();
            newest = choice == null ? newest : ReportedChoice.newest(newest, choice);
        }
        return newest;
    }

    /**
     * The value that Didomi shows as far as we know: that of the user whose state changed last, or a choice reported or
     * an event confirmed after that.
     */
    public @Nullable ConsentValue didomiValue() {
        return present(true).value();
    }

    /** Since when Didomi shows {@link #didomiValue}, as far as we know; null if it shows nothing. */
    public @Nullable Instant didomiSince() {
        Present shown = present(true);
        return shown.value() == null ? null : shown.since();
    }

    /**
     * The value that Didomi's users show, once they were read: reported choices and posted events are left out, because
     * the users show what became of them.
     */
    @Nullable
    ConsentValue didomiValueRead() {
        return present(false).value();
    }

    private record Present(@Nullable ConsentValue value, Instant since) {}

    private Present present(boolean withUnread) {
        @Nullable ConsentValue value = null;
        Instant last = Instant.MIN;
        for (Replica user : users.values()) {
            if (user.observed() != null
                    && later(user.shownSince(), user.observed().value(), last, value)) {
                value = user.observed().value();
                last = user.shownSince();
            }
            if (withUnread
                    && user.reported() != null
                    && (user.observed() == null
                            || user.reported()
                                    .decidedAt()
                                    .isAfter(user.observed().stamp().at()))
                    && later(user.reported().decidedAt(), user.reported().value(), last, value)) {
                value = user.reported().value();
                last = user.reported().decidedAt();
            }
        }
        for (PendingEvent event : withUnread ? pending : List.<PendingEvent>of()) {
            if (event.confirmed() && later(event.since(), event.value(), last, value)) {
                value = event.value();
                last = event.since();
            }
        }
        return new Present(value, last);
    }

    /**
     * Whether Didomi must be read to know what it shows: confirmed events of ours have different values, or a user's
     * state with another value may be older or newer than the confirmed event.
     */
    boolean isDidomiUncertain() {
        @Nullable PendingEvent last = newestConfirmed();
        if (last == null) {
            return false;
        }
        boolean several = pending.stream()
                .anyMatch(event -> event.confirmed() && !event.value().equals(last.value()));
        return several || users.values().stream().anyMatch(user -> showsOtherAfter(user, last));
    }

    private static boolean showsOtherAfter(Replica user, PendingEvent last) {
        return user.observed() != null
                && user.observed().value() != null
                && !user.observed().value().equals(last.value())
                && !user.observed().stamp().at().isBefore(last.since());
    }

    /** Whether an event of ours with this value is unconfirmed, or later than every state that was read. */
    boolean isEventPending(ConsentValue value) {
        return pending.stream()
                .filter(event -> event.value().equals(value))
                .anyMatch(event -> !event.confirmed()
                        || users.values().stream()
                                .noneMatch(user -> user.observed() != null
                                        && !user.observed().stamp().at().isBefore(event.since())));
    }

    private static boolean later(
            Instant since, @Nullable ConsentValue candidate, Instant last, @Nullable ConsentValue value) {
        if (candidate == null) {
            return false;
        }
        int byTime = since.compareTo(last);
        return byTime > 0 || (byTime == 0 && (value == null || candidate.compareTo(value) > 0));
    }

    /** The time of the newest fact about this value in Didomi. The users' other values may have changed since. */
    Instant lastKnownInDidomi() {
        Instant last = Instant.EPOCH;
        for (PendingEvent event : pending) {
            last = event.confirmed() ? later(last, event.since()) : last;
        }
        for (Replica user : users.values()) {
            @Nullable ReportedChoice choice = user.choice();
            last = user.observed() != null ? later(last, user.observed().stamp().at()) : last;
            last = choice != null ? later(last, choice.decidedAt()) : last;
        }
        return last;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    Replica user(String userId) {
        return users.getOrDefault(userId, Replica.UNKNOWN);
    }

    /** What is known of this column. */
    public Replica column(AttributeName column) {
        return columns.getOrDefault(column, Replica.UNKNOWN);
    }

    ConsentRecord withUser(String userId, Replica replica) {
        if (replica.equals(users.get(userId))) {
            return this;
        }
        SortedMap<String, Replica> changed = new TreeMap<>(users);
        changed.put(userId, replica);
        return new ConsentRecord(changed, columns, pending, posted);
    }

    ConsentRecord withColumn(AttributeName column, Replica replica) {
        if (replica.equals(column(column))) {
            return this;
        }
        SortedMap<AttributeName, Replica> changed = new TreeMap<>(columns);
        changed.put(column, replica);
        return new ConsentRecord(users, changed, pending, posted);
    }

    ConsentRecord withPending(PendingEvent event) {
        if (pending.contains(event)) {
            return this;
        }
        List<PendingEvent> more = new ArrayList<>(pending);
        more.add(event);
        return new ConsentRecord(users, columns, more, posted);
    }

    ConsentRecord withoutPending(PendingEvent event) {
        List<PendingEvent> left = new ArrayList<>(pending);
        left.remove(event);
        return new ConsentRecord(users, columns, left, posted);
    }

    ConsentRecord withConfirmed(PendingEvent event) {
        List<PendingEvent> all = new ArrayList<>(pending);
        all.replaceAll(each -> each.equals(event) ? event.asConfirmed() : each);
        boolean newer = posted == null || posted.isBefore(event.createdAt());
        return new ConsentRecord(users, columns, all, newer ? event.createdAt() : posted);
    }

    /** Drops confirmed events: Didomi was read after them, so its users show their effect. */
    ConsentRecord withoutConfirmed() {
        List<PendingEvent> left =
                pending.stream().filter(event -> !event.confirmed()).toList();
        return left.size() == pending.size() ? this : new ConsentRecord(users, columns, left, posted);
    }

    ConsentRecord withoutColumnObservations() {
        SortedMap<AttributeName, Replica> changed = new TreeMap<>();
        columns.forEach((column, replica) -> changed.put(column, replica.withoutObservation()));
        return changed.equals(columns) ? this : new ConsentRecord(users, changed, pending, posted);
    }

    /** Drops the observed values of Didomi users that no longer exist and keeps the choices that they reported. */
    ConsentRecord withRemainingUsers(Collection<String> userIds) {
        SortedMap<String, Replica> changed = new TreeMap<>();
        users.forEach((id, replica) -> changed.put(id, userIds.contains(id) ? replica : replica.withoutObservation()));
        return changed.equals(users) ? this : new ConsentRecord(changed, columns, pending, posted);
    }

    /**
     * Drops Didomi users that no longer exist, once all were read, except those who made the newest choice: an older one
     * of a user that is gone decides nothing any more.
     */
    ConsentRecord withoutReplacedUsers() {
        @Nullable ReportedChoice newest = choice(Side.DIDOMI);
        SortedMap<String, Replica> left = new TreeMap<>(users);
        left.values().removeIf(user -> user.observed() == null && isReplaced(user.choice(), newest));
        return left.size() == users.size() ? this : new ConsentRecord(left, columns, pending, posted);
    }

    private static boolean isReplaced(@Nullable ReportedChoice choice, @Nullable ReportedChoice newest) {
        return choice == null || (newest != null && choice.decidedAt().isBefore(newest.decidedAt()));
    }

    /**
     * Whether an event of ours explains that this user shows the value. An event explains nothing once a later choice
     * of the user, or a later confirmed event of ours, has replaced it.
     */
    boolean isExplainedBy(ConsentValue value, Replica user) {
        return explaining(value, user).findAny().isPresent();
    }

    /** The same, by a confirmed event that the state of the user which we know cannot include yet. */
    boolean isNewlyExplainedBy(ConsentValue value, Replica user) {
        return explaining(value, user)
                .anyMatch(event -> event.confirmed()
                        && (user.observed() == null
                                || event.since().isAfter(user.observed().stamp().at())));
    }

    private Stream<PendingEvent> explaining(ConsentValue value, Replica user) {
        @Nullable ReportedChoice choice = user.choice();
        @Nullable PendingEvent last = newestConfirmed();
        return pending.stream()
                .filter(event -> event.value().equals(value)
                        && (choice == null || !event.createdAt().isBefore(choice.decidedAt()))
                        && (last == null || !event.since().isBefore(last.since())));
    }

    /** The newest event of ours that is confirmed and not read back yet; null if there is none. */
    @Nullable
    PendingEvent newestConfirmed() {
        return pending.stream()
                .filter(PendingEvent::confirmed)
                .max(Comparator.comparing(PendingEvent::since))
                .orElse(null);
    }

    /**
     * The confirmed event of ours that replaces what this user was expected to show, provided that it reached this
     * user; null if there is none.
     */
    @Nullable
    PendingEvent eventReplacingExpectation(Replica user) {
        @Nullable PendingEvent last = newestConfirmed();
        boolean newer = last != null
                && (user.reported() == null || !user.reported().decidedAt().isAfter(last.createdAt()));
        return newer ? last : null;
    }
}
