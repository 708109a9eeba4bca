package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.column.ColumnCodec;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.CopiedValue;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Encoding;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import io.github.consentbridge.mapping.settle.Settlement.ColumnWrite;
import io.github.consentbridge.mapping.settle.Settlement.Need;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settles one consent record: adds reported choices, infers unreported ones, decides, and lists what must be written.
 */
final class RecordSettler {
    private final MappedRecord mapped;
    private final SettleInput input;
    private final Settler.SettleResult result;
    private final EventBacking backing;

    RecordSettler(MappedRecord mapped, SettleInput input, Settler.SettleResult result) {
        this.mapped = mapped;
        this.input = input;
        this.result = result;
        this.backing = new EventBacking(mapped.id(), input);
    }

    ConsentRecord settle(ConsentRecord before) {
        ConsentRecord reported = withReported(before);
        // Observed values are compared with the winner of the reported choices before they can become choices
        // themselves.
        @Nullable
        ConsentValue winner =
                reported.decision(mapped.wins()).map(Decision::value).orElse(null);
        ChangeDetector detector = new ChangeDetector(mapped, input, result, winner);
        ConsentRecord observed = afterSearch(detector.inContact(detector.inDidomi(reported)));
        Optional<Decision> decision = observed.decision(mapped.wins());
        if (decision.isEmpty()) {
            return observed;
        }
        askForDates(observed, decision.get());
        askForHistory(observed, decision.get());
        if (backing.isDoubtful(before, observed, decision.get())) {
            result.needs(Need.DIDOMI_EVENTS);
        }
        listSuperseded(decision.get());
        ConsentRecord repaired = repairContact(observed, decision.get());
        ConsentRecord settled = new DidomiRepair(mapped, input, result, decision.get()).repair(repaired);
        new SelfCheck(mapped, input, result, decision.get()).check(settled);
        return settled;
    }

    private ConsentRecord withReported(ConsentRecord before) {
        ConsentRecord reported = withChoices(withoutCopies(withoutRefuted(before)), input.choices());
        // The events come last: they give the dates of those that are left.
        return withChoices(backing.withoutRevoked(reported), backing.eventsAsSeen(before));
    }

    private ConsentRecord withChoices(ConsentRecord before, List<Choice> choices) {
        ConsentRecord reported = before;
        for (Choice choice : choices) {
            if (choice.recordId().equals(mapped.id()) && !backing.isRevoked(choice)) {
                reported = withChoice(reported, choice);
            }
        }
        return reported;
    }

    /** Drops inferred choices that depend on a write of ours which is now known to have failed. */
    private ConsentRecord withoutRefuted(ConsentRecord before) {
        ConsentRecord certain = before;
        for (ColumnWrite write : input.failedWrites()) {
            Replica replica = certain.column(write.column());
            boolean refuted = write.recordId().equals(mapped.id())
                    && replica.inferred() != null
                    && replica.inferred().dependsOn(write.pending());
            certain = refuted ? certain.withColumn(write.column(), replica.withInferred(null)) : certain;
        }
        return certain;
    }

    /** Drops inferred choices that were copies into another contact than the present one; it may be gone. */
    private ConsentRecord withoutCopies(ConsentRecord before) {
        ConsentRecord corrected = before;
        for (CopiedValue copy : input.copied()) {
            boolean elsewhere = input.contact() == null
                    || !copy.contactId().equals(input.contact().contactId());
            if (elsewhere && copy.recordId().equals(mapped.id())) {
                Replica replica = corrected.column(copy.column());
                corrected =
                        corrected.withColumn(copy.column(), replica.withCopiedElsewhere(copy.value(), copy.stamp()));
            }
        }
        return corrected;
    }

    private static ConsentRecord withChoice(ConsentRecord record, Choice choice) {
        if (choice.column() != null) {
            return record.withColumn(
                    choice.column(), record.column(choice.column()).withChoice(choice));
        }
        String userId = Objects.requireNonNull(choice.userId());
        Replica user = record.user(userId);
        boolean ours = choice.latest() && record.isExplainedBy(choice.value(), user);
        return ours ? record : record.withUser(userId, user.withChoice(choice));
    }

    /**
     * Once the person's events have been read, an undated change is either refuted by them or stays undated for good.
     */
    private ConsentRecord afterSearch(ConsentRecord record) {
        ConsentRecord searched = record;
        if (input.didomi() == DidomiRead.USERS_AND_EVENTS) {
            for (Map.Entry<String, Replica> user : record.users().entrySet()) {
                @Nullable InferredChoice inferred = user.getValue().inferred();
                if (inferred != null && !inferred.searched()) {
                    searched = searched.withUser(user.getKey(), afterSearch(user.getKey(), user.getValue(), inferred));
                }
            }
        }
        return searched;
    }

    private Replica afterSearch(String userId, Replica user, InferredChoice inferred) {
        Optional<Choice> own = ownEvent(userId, inferred);
        if (isOurs(userId, inferred)) {
            return user.withInferred(null);
        } else if (own.isPresent()) {
            return user.withInferred(null).shownBy(own.get(), inferred);
        }
        return user.withInferred(isUnproven(inferred) ? null : inferred.afterSearch());
    }

    /** Whether an event of ours has this value. */
    private boolean isOurs(String userId, InferredChoice inferred) {
        return input.ours().stream()
                .anyMatch(event ->
                        isOf(event, userId) && inferred.value().equals(event.value()) && isNotAfter(event, inferred));
    }

    /** The user's newest event, if it has this value: then it counts, with its own date. */
    private Optional<Choice> ownEvent(String userId, InferredChoice inferred) {
        return Stream.of(input.choices(), input.events(), input.ours())
                .flatMap(List::stream)
                // A choice without an exact date is the inferred one itself, not the event that dates it.
                .filter(event -> !event.latest() && isOf(event, userId) && isNotAfter(event, inferred))
                .max(Comparator.comparing(Choice::claimedAt))
                .filter(event -> event.value().equals(inferred.value()));
    }

    /** An event that is dated in the future may have been made at any time. */
    private static boolean isNotAfter(Choice event, InferredChoice inferred) {
        return event.isFutureDated() || !event.decidedAt().isAfter(inferred.at());
    }

    /**
     * Rule R2: if the events do not show whether there was a change, a refusal counts as a choice and a grant does not.
     */
    private static boolean isUnproven(InferredChoice inferred) {
        return inferred.uncertainWrite() != null && !inferred.value().isRefusal();
    }

    private boolean isOf(Choice event, String userId) {
        return event.recordId().equals(mapped.id()) && userId.equals(event.userId());
    }

    /** Asks for the person's events if an undated change in Didomi decides only by the latest time it can have. */
    private void askForDates(ConsentRecord record, Decision decision) {
        for (Map.Entry<String, Replica> user : record.users().entrySet()) {
            @Nullable InferredChoice inferred = user.getValue().inferred();
            boolean canBeDated = inferred != null && !inferred.searched() && mayBeOurs(inferred);
            if (canBeDated && contends(record, user.getKey(), decision)) {
                result.needs(Need.DIDOMI_EVENTS);
            }
        }
    }

    /**
     * Lists unreported column changes that decide only by their latest time, or only if a write of ours was applied before
     * them, so that audit history is asked for theirs.
     */
    private void askForHistory(ConsentRecord record, Decision decision) {
        if (decision.side() == Side.DIDOMI || !decision.delivery().equals(Decision.UNREPORTED)) {
            return;
        }
        ConsentRecord without = record;
        List<Settlement.Undated> undated = new ArrayList<>();
        for (Map.Entry<AttributeName, Replica> column : record.columns().entrySet()) {
            @Nullable InferredChoice inferred = column.getValue().inferred();
            if (inferred != null && !inferred.searched() && inferred.value().equals(decision.value())) {
                undated.add(new Settlement.Undated(mapped.id(), column.getKey(), inferred));
                without = without.withColumn(column.getKey(), column.getValue().withInferred(null));
            }
        }
        Optional<Decision> other =
                without.decision(mapped.wins()).filter(winner -> !winner.value().equals(decision.value()));
        undated.stream()
                .filter(change -> other.isPresent()
                        && (change.inferred().uncertainWrite() != null
                                || !other.get()
                                        .decidedAt()
                                        .isBefore(change.inferred().after())))
                .forEach(result.undated::add);
    }

    /** A new user's choices can be copies of ours only if our events can create users, that is, if we post events. */
    private boolean mayBeOurs(InferredChoice inferred) {
        return !inferred.hasDelivery() || mapped.writesDidomi();
    }

    private boolean contends(ConsentRecord record, String userId, Decision decision) {
        Replica user = record.user(userId);
        Replica without = user.withInferred(null);
        return record.withUser(userId, without)
                .decision(mapped.wins())
                .filter(other -> !other.value().equals(decision.value()))
                .isPresent();
    }

    private void listSuperseded(Decision decision) {
        for (Choice choice : input.choices()) {
            if (choice.recordId().equals(mapped.id()) && !choice.value().equals(decision.value())) {
                result.superseded.add(choice);
            }
        }
    }

    private ConsentRecord repairContact(ConsentRecord record, Decision decision) {
        @Nullable ContactState contact = input.contact();
        ConsentRecord repaired = record;
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

    private ConsentRecord write(ConsentRecord record, MappedColumn column, ContactState contact, Decision decision) {
        ColumnCodec codec = column.codec();
        Encoding encoding = codec.encode(decision.value());
        if (encoding instanceof Encoding.Misfit misfit) {
            result.misfits.add(new Settlement.Misfit(column.mapping(), misfit.reason()));
            return record;
        }
        @Nullable Object columnValue = ((Encoding.Fits) encoding).columnValue();
        ColumnWrite write =
                new ColumnWrite(mapped.id(), column.column(), decision.value(), columnValue, contact.etag());
        result.columnWrites.add(write);
        @Nullable
        ConsentValue before = codec.decode(contact.value(column.column())).orElse(null);
        result.changes.add(new Settlement.Change(mapped.id(), column.column(), before, decision));
        Replica known = record.column(column.column());
        @Nullable ObservedValue observed = known.observed();
        Replica replica = known.includingReported((observed == null ? contact.stamp() : observed.stamp()).at());
        // A property's column never holds a choice, so its writes are not recorded as pending.
        return mapped.id().value().isConsent()
                ? record.withColumn(column.column(), replica.withAttempt(write.pending()))
                : record;
    }
}
