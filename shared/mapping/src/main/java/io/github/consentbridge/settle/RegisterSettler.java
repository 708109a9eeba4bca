package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.ColumnCodec;
import io.github.consentbridge.mapping.ConsentValue;
import io.github.consentbridge.mapping.DidomiPath;
import io.github.consentbridge.mapping.Encoding;
import io.github.consentbridge.settle.Evidence.DidomiRead;
import io.github.consentbridge.settle.Settlement.ColumnWrite;
import io.github.consentbridge.settle.Settlement.Need;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Settles one register: takes in what was told, notices what was not, decides, and lists what must be written. */
final class RegisterSettler {
    private final MappedRegister mapped;
    private final Evidence evidence;
    private final Settler.Findings findings;

    RegisterSettler(MappedRegister mapped, Evidence evidence, Settler.Findings findings) {
        this.mapped = mapped;
        this.evidence = evidence;
        this.findings = findings;
    }

    Register settle(Register before) {
        Register told = withTold(before);
        // What is there already is judged by what was told; only then may it count itself.
        @Nullable
        ConsentValue standing =
                told.decision(mapped.wins()).map(Decision::value).orElse(null);
        Register seen = withContact(withUsers(told, standing), standing);
        Optional<Decision> decision = seen.decision(mapped.wins());
        if (decision.isEmpty()) {
            return seen;
        }
        Register dated = askForDates(seen, decision.get());
        listSuperseded(decision.get());
        return repairDidomi(repairContact(dated, decision.get()), decision.get());
    }

    private Register withTold(Register before) {
        Register told = before;
        for (Choice choice : evidence.choices()) {
            if (choice.register().equals(mapped.id())) {
                told = withChoice(told, choice);
            }
        }
        for (Choice choice : evidence.revoked()) {
            if (choice.register().equals(mapped.id()) && choice.userId() != null) {
                Place user = told.user(choice.userId()).without(choice.value(), choice.decidedAt());
                told = told.withUser(choice.userId(), user);
            }
        }
        return told;
    }

    private static Register withChoice(Register register, Choice choice) {
        if (choice.column() != null) {
            return register.withColumn(
                    choice.column(), register.column(choice.column()).withChoice(choice));
        }
        String userId = Objects.requireNonNull(choice.userId());
        return register.withUser(userId, register.user(userId).withChoice(choice));
    }

    private Register withUsers(Register told, @Nullable ConsentValue standing) {
        if (!mapped.id().value().isConsent()) {
            return told;
        }
        Register seen = told;
        for (DidomiState state : evidence.states()) {
            if (state.regulation().equals(mapped.id().regulation())) {
                seen = withUser(seen, state, standing);
            }
        }
        // The ledger was loaded before Didomi was read, so what was read includes what we had posted.
        return evidence.didomi() == DidomiRead.NOTHING
                ? seen
                : seen.withUsersLeft(usersInHand()).withLandedRead();
    }

    private Set<String> usersInHand() {
        return evidence.states().stream().map(DidomiState::userId).collect(Collectors.toSet());
    }

    private Register withUser(Register register, DidomiState state, @Nullable ConsentValue standing) {
        Place place = register.user(state.userId());
        @Nullable Seen known = place.seen();
        if (known != null && known.stamp().covers(state.stamp())) {
            return register;
        }
        Observed observed = state.value(mapped.id());
        if (isOldNews(observed, state, known)) {
            return register.withUser(
                    state.userId(), place.withSeen(new Seen(known.value(), state.stamp(), known.since())));
        }
        @Nullable ConsentValue value = observed.value();
        Instant at = state.stamp().at();
        boolean ours = value != null && register.isPosting(value);
        boolean unseen = value != null
                && observed.origin() != Observed.Origin.EXPLAINED
                && !ours
                && !value.equals(standing)
                && !value.equals(place.expectedAt(at));
        Place now = place.withSeen(new Seen(value, state.stamp(), since(known, value, at, ours)));
        return register.withUser(
                state.userId(), unseen ? noticed(now, Side.DIDOMI, new Noticed(value, Instant.EPOCH, at, false)) : now);
    }

    /** The value stood already in a state that we know, perhaps with an event of ours on top of it since. */
    private static boolean isOldNews(Observed observed, DidomiState state, @Nullable Seen known) {
        return observed.origin() == Observed.Origin.UNCHANGED
                && known != null
                && state.previous() != null
                && known.stamp().covers(state.previous());
    }

    private static Instant since(@Nullable Seen known, @Nullable ConsentValue value, Instant at, boolean ours) {
        return known != null && !ours && Objects.equals(known.value(), value) ? known.since() : at;
    }

    private Place noticed(Place now, Side side, Noticed change) {
        findings.unseen.add(new Settlement.Unseen(mapped.id(), side, change));
        return now.withNoticed(change);
    }

    private Register withContact(Register register, @Nullable ConsentValue standing) {
        @Nullable ContactState contact = evidence.contact();
        if (contact == null || contact.isPlanned() || !mapped.id().value().isConsent()) {
            return register;
        }
        Register seen = register;
        for (MappedColumn column : mapped.columns()) {
            seen = seen.withColumn(
                    column.column(), withColumn(seen.column(column.column()), column, contact, standing));
        }
        return seen;
    }

    private Place withColumn(Place place, MappedColumn column, ContactState contact, @Nullable ConsentValue standing) {
        Instant at = contact.stamp().at();
        @Nullable Seen known = place.seen();
        @Nullable ConsentValue familiar = familiar(place, column, contact, standing);
        @Nullable
        ConsentValue value = familiar != null
                ? familiar
                : column.codec().decode(contact.value(column.column())).orElse(null);
        // On a contact seen for the first time a column's default cannot be told from a decision.
        boolean unseen = value != null && familiar == null && known != null;
        Place now = place.withSeen(new Seen(value, contact.stamp(), since(known, value, at, false)))
                .withWriting(stillPossible(place.writing(), contact.etag()));
        return unseen ? noticed(now, Side.DYNAMICS, new Noticed(value, place.unseenAfter(at), at, false)) : now;
    }

    /**
     * The value that the column was expected to show, that stands, or that we are writing, if it shows one of them.
     * Compared in the column's terms: what a column keeps of a value need not tell all of it.
     */
    private static @Nullable ConsentValue familiar(
            Place place, MappedColumn column, ContactState contact, @Nullable ConsentValue standing) {
        @Nullable Object present = contact.value(column.column());
        if (present == null) {
            return null;
        }
        List<@Nullable ConsentValue> candidates = new ArrayList<>();
        candidates.add(place.expectedAt(contact.stamp().at()));
        candidates.add(standing);
        place.writing().forEach(write -> candidates.add(write.value()));
        for (@Nullable ConsentValue candidate : candidates) {
            if (candidate != null && column.codec().shows(present, candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private static List<Writing> stillPossible(List<Writing> writing, String etag) {
        return writing.stream().filter(write -> write.condition().equals(etag)).toList();
    }

    /** A change in Didomi without a date decides only if its latest possible time does: then its date is worth a read. */
    private Register askForDates(Register register, Decision decision) {
        Register asked = register;
        for (Map.Entry<String, Place> user : register.users().entrySet()) {
            @Nullable Noticed noticed = user.getValue().noticed();
            if (noticed == null || noticed.searched()) {
                continue;
            }
            if (evidence.didomi() == DidomiRead.USERS_AND_EVENTS) {
                Noticed searched = new Noticed(noticed.value(), noticed.after(), noticed.at(), true);
                asked = asked.withUser(user.getKey(), user.getValue().withNoticed(searched));
            } else if (contends(register, user.getKey(), decision)) {
                findings.needs(Need.DIDOMI_EVENTS);
            }
        }
        return asked;
    }

    private boolean contends(Register register, String userId, Decision decision) {
        Place user = register.user(userId);
        Place without = new Place(user.told(), null, user.seen(), user.writing());
        return register.withUser(userId, without)
                .decision(mapped.wins())
                .filter(other -> !other.value().equals(decision.value()))
                .isPresent();
    }

    private void listSuperseded(Decision decision) {
        for (Choice choice : evidence.choices()) {
            if (choice.register().equals(mapped.id()) && !choice.value().equals(decision.value())) {
                findings.superseded.add(choice);
            }
        }
    }

    private Register repairContact(Register register, Decision decision) {
        @Nullable ContactState contact = evidence.contact();
        Register repaired = register;
        if (contact == null) {
            return repaired;
        }
        for (MappedColumn column : mapped.columns()) {
            @Nullable Object present = contact.value(column.column());
            if (column.mapping().direction().writesDynamics() && !column.codec().shows(present, decision.value())) {
                repaired = write(repaired, column, contact, decision);
            }
        }
        return repaired;
    }

    private Register write(Register register, MappedColumn column, ContactState contact, Decision decision) {
        ColumnCodec codec = column.codec();
        Encoding encoding = codec.encode(decision.value());
        if (encoding instanceof Encoding.Misfit misfit) {
            findings.misfits.add(new Settlement.Misfit(column.mapping(), misfit.reason()));
            return register;
        }
        @Nullable Object columnValue = ((Encoding.Fits) encoding).columnValue();
        ColumnWrite write =
                new ColumnWrite(mapped.id(), column.column(), decision.value(), columnValue, contact.etag());
        findings.columnWrites.add(write);
        @Nullable
        ConsentValue before = codec.decode(contact.value(column.column())).orElse(null);
        findings.changes.add(new Settlement.Change(mapped.id(), column.column(), before, decision));
        Place place = register.column(column.column());
        // Nothing in a property's column is ever taken for a choice, so nothing need be remembered of the write.
        return mapped.id().value().isConsent()
                ? register.withColumn(column.column(), place.withWriting(with(place.writing(), write.writing())))
                : register;
    }

    private static List<Writing> with(List<Writing> writing, Writing also) {
        if (writing.contains(also)) {
            return writing;
        }
        List<Writing> all = new ArrayList<>(writing);
        all.add(also);
        return all;
    }

    private Register repairDidomi(Register register, Decision decision) {
        if (!mapped.writesDidomi()) {
            return register;
        }
        boolean read = evidence.didomi() != DidomiRead.NOTHING;
        @Nullable ConsentValue present = read ? register.didomiValueRead() : register.didomiValue();
        boolean certain = read || !register.isDidomiUncertain();
        boolean ownSilence = present == null && decision.side() == Side.DIDOMI;
        if (certain && (decision.value().equals(present) || ownSilence)) {
            return register;
        }
        Optional<String> untold = whyUntold(decision.value());
        if (untold.isPresent()) {
            findings.misfits.add(new Settlement.Misfit(mapped.columns().get(0).mapping(), untold.get()));
            return register;
        }
        if (!read) {
            findings.needs(Need.DIDOMI_USERS);
            return register;
        }
        return post(register, present, decision);
    }

    /** Why Didomi cannot be told this value, as a sentence; empty if it can. */
    private Optional<String> whyUntold(ConsentValue value) {
        if (value instanceof ConsentValue.Unmapped) {
            return Optional.of("its column holds a value that `options` does not name");
        }
        boolean homeless = value instanceof ConsentValue.Text
                && mapped.id().value() instanceof DidomiPath.Preference preference
                && preference.purpose() == null;
        return homeless
                ? Optional.of(
                        "Didomi takes a preference's values under their purpose only: name the purpose in `value`")
                : Optional.empty();
    }

    private Register post(Register register, @Nullable ConsentValue present, Decision decision) {
        Instant createdAt = eventDate(register, decision);
        findings.events.add(new DidomiEvent(mapped.id(), createdAt, decision));
        findings.changes.add(new Settlement.Change(mapped.id(), null, present, decision));
        Instant last = register.lastKnownInDidomi();
        Instant since = last.isBefore(createdAt) ? createdAt : last.plusMillis(1);
        return register.withPosting(new Posting(decision.value(), createdAt, since, false));
    }

    /** The choice's own date, or just after what it overrules: Didomi re-applies events by date. */
    private static Instant eventDate(Register register, Decision decision) {
        Instant newest = register.posted() == null ? Instant.EPOCH : register.posted();
        for (Place user : register.users().values()) {
            @Nullable Told choice = user.choice();
            newest = choice != null && choice.decidedAt().isAfter(newest) ? choice.decidedAt() : newest;
        }
        Instant last = register.lastKnownInDidomi();
        for (Posting event : register.posting()) {
            // The same event may be sent again only if it would still come last, else Didomi would find it done.
            boolean overruled =
                    !event.value().equals(decision.value()) || !event.since().isAfter(last);
            newest = overruled && event.createdAt().isAfter(newest) ? event.createdAt() : newest;
        }
        return newest.isBefore(decision.decidedAt()) ? decision.decidedAt() : newest.plusMillis(1);
    }
}
