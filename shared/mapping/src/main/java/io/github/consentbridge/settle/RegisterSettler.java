package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.AttributeName;
import io.github.consentbridge.mapping.ColumnCodec;
import io.github.consentbridge.mapping.ConsentValue;
import io.github.consentbridge.mapping.Encoding;
import io.github.consentbridge.settle.Evidence.DidomiRead;
import io.github.consentbridge.settle.Settlement.ColumnWrite;
import io.github.consentbridge.settle.Settlement.Need;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
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
        Noticing noticing = new Noticing(mapped, evidence, findings, standing);
        Register seen = afterSearch(noticing.inContact(noticing.inDidomi(told)));
        Optional<Decision> decision = seen.decision(mapped.wins());
        if (decision.isEmpty()) {
            return seen;
        }
        askForDates(seen, decision.get());
        askForHistory(seen, decision.get());
        listSuperseded(decision.get());
        Register repaired = repairContact(seen, decision.get());
        Register settled = new DidomiRepair(mapped, evidence, findings, decision.get()).repair(repaired);
        new SelfCheck(mapped, evidence, findings, decision.get()).check(settled);
        return settled;
    }

    private Register withTold(Register before) {
        Register told = withoutMissed(before);
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

    /** A change that happened only if a write of ours landed did not happen if that write missed. */
    private Register withoutMissed(Register before) {
        Register certain = before;
        for (ColumnWrite write : evidence.missed()) {
            Place place = certain.column(write.column());
            boolean refuted = write.register().equals(mapped.id())
                    && place.noticed() != null
                    && place.noticed().isOpenBy(write.writing());
            certain = refuted ? certain.withColumn(write.column(), place.withNoticed(null)) : certain;
        }
        return certain;
    }

    private static Register withChoice(Register register, Choice choice) {
        if (choice.column() != null) {
            return register.withColumn(
                    choice.column(), register.column(choice.column()).withChoice(choice));
        }
        String userId = Objects.requireNonNull(choice.userId());
        Place user = register.user(userId);
        boolean ours = choice.latest() && register.isPosting(choice.value(), user);
        return ours ? register : register.withUser(userId, user.withChoice(choice));
    }

    /** Once the person's events were read, a change without a date is explained by an event of ours, or stays undated. */
    private Register afterSearch(Register register) {
        Register searched = register;
        if (evidence.didomi() == DidomiRead.USERS_AND_EVENTS) {
            for (Map.Entry<String, Place> user : register.users().entrySet()) {
                @Nullable Noticed noticed = user.getValue().noticed();
                if (noticed != null && !noticed.searched()) {
                    boolean refuted = isKnown(user.getKey(), noticed) || isUnfounded(noticed);
                    @Nullable Noticed left = refuted ? null : noticed.afterSearch();
                    searched = searched.withUser(user.getKey(), user.getValue().withNoticed(left));
                }
            }
        }
        return searched;
    }

    /** Whether an event of ours has this value, or the newest of all the user's events: that has its own date. */
    private boolean isKnown(String userId, Noticed noticed) {
        boolean ours = evidence.ours().stream()
                .anyMatch(event -> isOf(event, userId) && noticed.standsFor(event.value(), event.decidedAt()));
        return ours
                || Stream.concat(evidence.choices().stream(), evidence.ours().stream())
                        .filter(event ->
                                isOf(event, userId) && !event.decidedAt().isAfter(noticed.at()))
                        .max(Comparator.comparing(Choice::decidedAt))
                        .filter(event -> event.value().equals(noticed.value()))
                        .isPresent();
    }

    /** Where not even the events tell whether there was a change: a refusal counts, anything else does not. */
    private static boolean isUnfounded(Noticed noticed) {
        return noticed.open() != null && !noticed.isRefusal();
    }

    private boolean isOf(Choice event, String userId) {
        return event.register().equals(mapped.id()) && userId.equals(event.userId());
    }

    /** A change in Didomi without a date decides only if its latest possible time does: then its date is worth a read. */
    private void askForDates(Register register, Decision decision) {
        for (Map.Entry<String, Place> user : register.users().entrySet()) {
            @Nullable Noticed noticed = user.getValue().noticed();
            boolean askable = noticed != null && !noticed.searched() && mayBeOurs(noticed);
            if (askable && contends(register, user.getKey(), decision)) {
                findings.needs(Need.DIDOMI_EVENTS);
            }
        }
    }

    /** A change of a column that nobody told decides only by its latest time: then its own time is worth a request. */
    private void askForHistory(Register register, Decision decision) {
        if (decision.side() == Side.DIDOMI || !decision.delivery().equals(Decision.UNSEEN)) {
            return;
        }
        Register without = register;
        List<Settlement.Undated> undated = new ArrayList<>();
        for (Map.Entry<AttributeName, Place> column : register.columns().entrySet()) {
            @Nullable Noticed noticed = column.getValue().noticed();
            if (noticed != null && !noticed.searched() && noticed.value().equals(decision.value())) {
                undated.add(new Settlement.Undated(mapped.id(), column.getKey(), noticed));
                without = without.withColumn(column.getKey(), column.getValue().withNoticed(null));
            }
        }
        Optional<Decision> other =
                without.decision(mapped.wins()).filter(stands -> !stands.value().equals(decision.value()));
        undated.stream()
                .filter(change -> other.isPresent()
                        && !other.get().decidedAt().isBefore(change.noticed().after()))
                .forEach(findings.undated::add);
    }

    /** A new user's choices can be a copy of ours only where events of ours bring users forth. */
    private boolean mayBeOurs(Noticed noticed) {
        return !noticed.isTold() || mapped.writesDidomi();
    }

    private boolean contends(Register register, String userId, Decision decision) {
        Place user = register.user(userId);
        Place without = user.withNoticed(null);
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
        Place place =
                register.column(column.column()).writtenOver(contact.stamp().at());
        // Nothing in a property's column is ever taken for a choice, so nothing need be remembered of the write.
        return mapped.id().value().isConsent()
                ? register.withColumn(column.column(), place.claimed(write.writing()))
                : register;
    }
}
