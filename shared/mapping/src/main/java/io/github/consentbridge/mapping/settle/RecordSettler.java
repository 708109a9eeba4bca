package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.column.ColumnCodec;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ContactState;
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

/** Settles one register: takes in what was told, notices what was not, decides, and lists what must be written. */
final class RecordSettler {
    private final MappedRecord mapped;
    private final SettleInput input;
    private final Settler.SettleResult result;

    RecordSettler(MappedRecord mapped, SettleInput input, Settler.SettleResult result) {
        this.mapped = mapped;
        this.input = input;
        this.result = result;
    }

    ConsentRecord settle(ConsentRecord before) {
        ConsentRecord reported = withReported(before);
        // What is there already is judged by what was told; only then may it count itself.
        @Nullable
        ConsentValue standing =
                reported.decision(mapped.wins()).map(Decision::value).orElse(null);
        ChangeDetector noticing = new ChangeDetector(mapped, input, result, standing);
        ConsentRecord observed = afterSearch(noticing.inContact(noticing.inDidomi(reported)));
        Optional<Decision> decision = observed.decision(mapped.wins());
        if (decision.isEmpty()) {
            return observed;
        }
        askForDates(observed, decision.get());
        askForHistory(observed, decision.get());
        listSuperseded(decision.get());
        ConsentRecord repaired = repairContact(observed, decision.get());
        ConsentRecord settled = new DidomiRepair(mapped, input, result, decision.get()).repair(repaired);
        new SelfCheck(mapped, input, result, decision.get()).check(settled);
        return settled;
    }

    private ConsentRecord withReported(ConsentRecord before) {
        ConsentRecord reported = withoutMissed(before);
        for (Choice choice : input.choices()) {
            if (choice.recordId().equals(mapped.id())) {
                reported = withChoice(reported, choice);
            }
        }
        for (Choice choice : input.revoked()) {
            if (choice.recordId().equals(mapped.id()) && choice.userId() != null) {
                Replica user = reported.user(choice.userId()).without(choice.value(), choice.decidedAt());
                reported = reported.withUser(choice.userId(), user);
            }
        }
        return reported;
    }

    /** A change that happened only if a write of ours landed did not happen if that write missed. */
    private ConsentRecord withoutMissed(ConsentRecord before) {
        ConsentRecord certain = before;
        for (ColumnWrite write : input.missed()) {
            Replica replica = certain.column(write.column());
            boolean refuted = write.recordId().equals(mapped.id())
                    && replica.inferred() != null
                    && replica.inferred().isOpenBy(write.pending());
            certain = refuted ? certain.withColumn(write.column(), replica.withInferred(null)) : certain;
        }
        return certain;
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

    /** Once the person's events were read, a change without a date is explained by an event of ours, or stays undated. */
    private ConsentRecord afterSearch(ConsentRecord record) {
        ConsentRecord searched = record;
        if (input.didomi() == DidomiRead.USERS_AND_EVENTS) {
            for (Map.Entry<String, Replica> user : record.users().entrySet()) {
                @Nullable InferredChoice inferred = user.getValue().inferred();
                if (inferred != null && !inferred.searched()) {
                    boolean refuted = isKnown(user.getKey(), inferred) || isUnfounded(inferred);
                    @Nullable InferredChoice left = refuted ? null : inferred.afterSearch();
                    searched = searched.withUser(user.getKey(), user.getValue().withInferred(left));
                }
            }
        }
        return searched;
    }

    /** Whether an event of ours has this value, or the newest of all the user's events: that has its own date. */
    private boolean isKnown(String userId, InferredChoice inferred) {
        boolean ours = input.ours().stream()
                .anyMatch(event -> isOf(event, userId) && inferred.standsFor(event.value(), event.decidedAt()));
        return ours
                || Stream.concat(input.choices().stream(), input.ours().stream())
                        .filter(event ->
                                isOf(event, userId) && !event.decidedAt().isAfter(inferred.at()))
                        .max(Comparator.comparing(Choice::decidedAt))
                        .filter(event -> event.value().equals(inferred.value()))
                        .isPresent();
    }

    /** Where not even the events tell whether there was a change: a refusal counts, anything else does not. */
    private static boolean isUnfounded(InferredChoice inferred) {
        return inferred.open() != null && !inferred.isRefusal();
    }

    private boolean isOf(Choice event, String userId) {
        return event.recordId().equals(mapped.id()) && userId.equals(event.userId());
    }

    /** A change in Didomi without a date decides only if its latest possible time does: then its date is worth a read. */
    private void askForDates(ConsentRecord record, Decision decision) {
        for (Map.Entry<String, Replica> user : record.users().entrySet()) {
            @Nullable InferredChoice inferred = user.getValue().inferred();
            boolean askable = inferred != null && !inferred.searched() && mayBeOurs(inferred);
            if (askable && contends(record, user.getKey(), decision)) {
                result.needs(Need.DIDOMI_EVENTS);
            }
        }
    }

    /** A change of a column that nobody told decides only by its latest time: then its own time is worth a request. */
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
                without.decision(mapped.wins()).filter(stands -> !stands.value().equals(decision.value()));
        undated.stream()
                .filter(change -> other.isPresent()
                        && !other.get().decidedAt().isBefore(change.inferred().after()))
                .forEach(result.undated::add);
    }

    /** A new user's choices can be a copy of ours only where events of ours bring users forth. */
    private boolean mayBeOurs(InferredChoice inferred) {
        return !inferred.isTold() || mapped.writesDidomi();
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
        Replica replica =
                record.column(column.column()).writtenOver(contact.stamp().at());
        // Nothing in a property's column is ever taken for a choice, so nothing need be remembered of the write.
        return mapped.id().value().isConsent()
                ? record.withColumn(column.column(), replica.claimed(write.pending()))
                : record;
    }
}
