package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.ConsentValue;
import io.github.consentbridge.settle.Evidence.DidomiRead;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at what the sides show and notices what was changed there without anybody telling us. */
final class Noticing {
    private final MappedRegister mapped;
    private final Evidence evidence;
    private final Settler.Findings findings;
    private final @Nullable ConsentValue standing;

    /** @param standing what stands by all that was told: nobody need have changed a place that shows it */
    Noticing(MappedRegister mapped, Evidence evidence, Settler.Findings findings, @Nullable ConsentValue standing) {
        this.mapped = mapped;
        this.evidence = evidence;
        this.findings = findings;
        this.standing = standing;
    }

    Register inDidomi(Register told) {
        if (!mapped.id().value().isConsent()) {
            return told;
        }
        Register seen = told;
        boolean moved = false;
        for (DidomiState state : evidence.states()) {
            if (state.regulation().equals(mapped.id().regulation())) {
                moved |= isNew(told, state);
                seen = withUser(seen, state);
            }
        }
        if (evidence.didomi() == DidomiRead.NOTHING) {
            return seen;
        }
        Register left = seen.withUsersLeft(usersInHand());
        // The ledger was loaded before Didomi was read, so a state that has moved includes what we had posted. One that
        // has not moved may be a copy from before it.
        return moved ? left.withLandedRead() : left;
    }

    private static boolean isNew(Register register, DidomiState state) {
        @Nullable Seen known = register.user(state.userId()).seen();
        return known == null || !known.stamp().covers(state.stamp());
    }

    private Set<String> usersInHand() {
        return evidence.states().stream().map(DidomiState::userId).collect(Collectors.toSet());
    }

    private Register withUser(Register register, DidomiState state) {
        Place place = register.user(state.userId());
        @Nullable Seen known = place.seen();
        if (!isNew(register, state)) {
            return register;
        }
        Observed observed = state.value(mapped.id());
        if (isOldNews(observed, state, known)) {
            return register.withUser(
                    state.userId(), place.withSeen(new Seen(known.value(), state.stamp(), known.since())));
        }
        @Nullable ConsentValue value = observed.value();
        Instant at = state.stamp().at();
        // Whether an event of ours brought a new user forth, or the person did, only their events tell.
        boolean ours = value != null && known != null && register.isPosting(value, place);
        boolean expected = value != null && place.expectedAt(at).contains(value);
        @Nullable Posting replacing = register.replacing(place);
        boolean unseen = value != null
                && observed.origin() != Observed.Origin.EXPLAINED
                && !ours
                && (!expected || replacing != null);
        Place now = place.withSeen(new Seen(value, state.stamp(), since(known, value, at, ours || unseen)));
        if (!unseen) {
            return register.withUser(state.userId(), now);
        }
        Noticed change = Noticed.unseen(value, Instant.EPOCH, at);
        // What was expected stands if the event reached another user of the person: their events tell.
        Noticed perhaps = expected ? change.onlyAfter(replacing.asWriting()) : change;
        return register.withUser(state.userId(), noticed(now, Side.DIDOMI, by(state.userId()), perhaps));
    }

    /** The value stood already in a state that we know, perhaps with an event of ours on top of it since. */
    private static boolean isOldNews(Observed observed, DidomiState state, @Nullable Seen known) {
        return observed.origin() == Observed.Origin.UNCHANGED
                && known != null
                && state.previous() != null
                && known.stamp().covers(state.previous());
    }

    private static Instant since(@Nullable Seen known, @Nullable ConsentValue value, Instant at, boolean anew) {
        return known != null && !anew && Objects.equals(known.value(), value) ? known.since() : at;
    }

    /** The place with an unseen change, unless a choice in hand is the one that it would stand for. */
    private Place noticed(Place now, Side side, Predicate<Choice> madeHere, Noticed change) {
        boolean told = evidence.choices().stream()
                .filter(choice -> choice.register().equals(mapped.id()) && madeHere.test(choice))
                .anyMatch(choice -> change.standsFor(choice.value(), choice.decidedAt()));
        if (told) {
            return now;
        }
        findings.unseen.add(new Settlement.Unseen(mapped.id(), side, change));
        return now.withNoticed(change);
    }

    private static Predicate<Choice> by(String userId) {
        return choice -> choice.userId() != null
                && (choice.userId().isEmpty() || choice.userId().equals(userId));
    }

    Register inContact(Register register) {
        @Nullable ContactState contact = evidence.contact();
        if (contact == null || contact.isPlanned() || !mapped.id().value().isConsent()) {
            return register;
        }
        Register seen = register;
        for (MappedColumn column : mapped.columns()) {
            seen = seen.withColumn(column.column(), withColumn(seen.column(column.column()), column, contact));
        }
        return seen;
    }

    private Place withColumn(Place place, MappedColumn column, ContactState contact) {
        Instant at = contact.stamp().at();
        @Nullable Seen known = place.seen();
        @Nullable ConsentValue familiar = familiar(place, column, contact);
        @Nullable
        ConsentValue value = familiar != null
                ? familiar
                : column.codec().decode(contact.value(column.column())).orElse(null);
        // On a contact seen for the first time a column's default cannot be told from a decision.
        boolean unseen = value != null && known != null && (familiar == null || isByChance(familiar, place, at));
        Place now = place.shown(value, at)
                .withSeen(new Seen(value, contact.stamp(), since(known, value, at, false)))
                .withWriting(stillPossible(place.writing(), contact.etag()));
        if (unseen) {
            return noticed(now, column, Noticed.unseen(value, place.unseenAfter(at), at));
        }
        @Nullable Writing open = value == null ? null : openBefore(place, value, column, contact);
        return open == null ? now : perhapsNoticed(now, column, Noticed.unseen(value, place.unseenAfter(at), at), open);
    }

    private Place noticed(Place now, MappedColumn column, Noticed change) {
        return noticed(now, Side.DYNAMICS, choice -> column.column().equals(choice.column()), change);
    }

    /**
     * The column shows what it showed before a write of ours of which we do not know whether it landed. If it did,
     * somebody has changed the column back since. As long as nothing tells, a refusal counts as a choice and anything else
     * does not: no refusal is undone and no consent is invented.
     */
    private Place perhapsNoticed(Place now, MappedColumn column, Noticed change, Writing open) {
        Noticed perhaps = change.onlyAfter(open);
        if (change.isRefusal()) {
            return noticed(now, column, perhaps);
        }
        findings.undated.add(new Settlement.Undated(mapped.id(), column.column(), perhaps));
        return now;
    }

    /** A write of ours that may have landed before the row came to be as it is; null if there is none. */
    private @Nullable Writing openBefore(Place place, ConsentValue value, MappedColumn column, ContactState contact) {
        boolean onlySeen = place.seen() != null
                && value.equals(place.seen().value())
                && !place.isAwaited(value)
                && !value.equals(standing);
        if (!onlySeen) {
            return null;
        }
        return place.writing().stream()
                .filter(write -> !write.condition().equals(contact.etag())
                        && !write.value().equals(value))
                .filter(write -> !evidence.hasMissed(mapped.id(), column.column(), write))
                .findFirst()
                .orElse(null);
    }

    /**
     * The value that the column was expected to show, that stands, or that we are writing, if it shows one of them.
     * Compared in the column's terms: what a column keeps of a value need not tell all of it.
     */
    private @Nullable ConsentValue familiar(Place place, MappedColumn column, ContactState contact) {
        @Nullable Object present = contact.value(column.column());
        if (present == null) {
            return null;
        }
        List<@Nullable ConsentValue> candidates = new ArrayList<>();
        candidates.addAll(place.expectedAt(contact.stamp().at()));
        candidates.add(standing);
        place.writing().forEach(write -> candidates.add(write.value()));
        for (@Nullable ConsentValue candidate : candidates) {
            if (candidate != null && column.codec().shows(present, candidate)) {
                return candidate;
            }
        }
        return null;
    }

    /** Whether only what stands explains the value: then somebody has chosen the same, and may have done so later. */
    private static boolean isByChance(ConsentValue value, Place place, Instant at) {
        return !place.expectedAt(at).contains(value)
                && place.writing().stream().noneMatch(write -> write.value().equals(value));
    }

    private static List<Writing> stillPossible(List<Writing> writing, String etag) {
        return writing.stream().filter(write -> write.condition().equals(etag)).toList();
    }
}
