package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.DidomiPath;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import io.github.consentbridge.mapping.settle.Settlement.Need;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Posts the winner to Didomi if Didomi shows another value (rule R3). The event is dated after everything it overrules.
 */
final class DidomiRepair {
    private final MappedRecord mapped;
    private final SettleInput input;
    private final Settler.SettleResult result;
    private final Decision decision;

    DidomiRepair(MappedRecord mapped, SettleInput input, Settler.SettleResult result, Decision decision) {
        this.mapped = mapped;
        this.input = input;
        this.result = result;
        this.decision = decision;
    }

    ConsentRecord repair(ConsentRecord record) {
        if (!mapped.writesDidomi()) {
            return record;
        }
        boolean read = input.didomi() != DidomiRead.NOTHING;
        @Nullable ConsentValue present = read ? record.didomiValueRead() : record.didomiValue();
        boolean certain = read || !record.isDidomiUncertain();
        boolean missingByOwnChoice = present == null && decision.side() == Side.DIDOMI;
        if (certain && (decision.value().equals(present) || missingByOwnChoice)) {
            return record;
        }
        Optional<String> notPostable = whyNotPostable();
        if (notPostable.isPresent()) {
            result.misfits.add(new Settlement.Misfit(mapped.columns().get(0).mapping(), notPostable.get()));
            return record;
        }
        if (!read) {
            result.needs(Need.DIDOMI_USERS);
            return record;
        }
        if ((isPostedWithoutEffect(record) || isOlderThanAUser(record))
                && input.didomi() != DidomiRead.USERS_AND_EVENTS) {
            result.needs(Need.DIDOMI_EVENTS);
            return record;
        }
        return post(record, present);
    }

    /** Why this value cannot be posted to Didomi, as a sentence; empty if it can. */
    private Optional<String> whyNotPostable() {
        if (decision.value() instanceof ConsentValue.Unmapped) {
            return Optional.of("its column holds a value that `options` does not name");
        }
        boolean withoutPurpose = decision.value() instanceof ConsentValue.Text
                && mapped.id().value() instanceof DidomiPath.Preference preference
                && preference.purpose() == null;
        return withoutPurpose
                ? Optional.of(
                        "Didomi accepts a preference's values only under their purpose: name the purpose in `value`")
                : Optional.empty();
    }

    /** We already posted an event for this choice, yet Didomi shows another value: an unknown choice came after it. */
    private boolean isPostedWithoutEffect(ConsentRecord record) {
        return record.posted() != null && !record.posted().isBefore(decision.decidedAt());
    }

    /** A user changed after the date that our event would carry, perhaps because the same choice was made again. */
    private boolean isOlderThanAUser(ConsentRecord record) {
        Instant date = eventDate(record);
        return record.users().values().stream()
                .anyMatch(user ->
                        user.observed() != null && user.observed().stamp().at().isAfter(date));
    }

    private ConsentRecord post(ConsentRecord record, @Nullable ConsentValue present) {
        Instant createdAt = eventDate(record);
        result.events.add(new PlannedEvent(mapped.id(), createdAt, decision));
        result.changes.add(new Settlement.Change(mapped.id(), null, present, decision));
        Instant last = record.lastKnownInDidomi();
        // A date that only overrules one from the future says nothing about when the event will show.
        Instant shows = hasFutureDate(record) ? decision.decidedAt() : createdAt;
        Instant since = last.isBefore(shows) ? shows : last.plusMillis(1);
        return record.withPending(new PendingEvent(decision.value(), createdAt, since, false));
    }

    private static boolean hasFutureDate(ConsentRecord record) {
        return record.users().values().stream()
                .anyMatch(user -> !user.futureDated().isEmpty());
    }

    /** The choice's own date, or 1 ms after what it overrules: Didomi re-applies events in the order of their dates. */
    private Instant eventDate(ConsentRecord record) {
        Instant newest = record.posted() == null ? Instant.EPOCH : record.posted();
        for (Replica user : record.users().values()) {
            newest = user.lastClaim().isAfter(newest) ? user.lastClaim() : newest;
        }
        Instant last = record.lastKnownInDidomi();
        for (PendingEvent event : record.pending()) {
            // The same event is repeated only if it would still be the last one: Didomi ignores an event that it
            // already has.
            boolean overruled =
                    !event.value().equals(decision.value()) || !event.since().isAfter(last);
            newest = overruled && event.createdAt().isAfter(newest) ? event.createdAt() : newest;
        }
        return newest.isBefore(decision.decidedAt()) ? decision.decidedAt() : newest.plusMillis(1);
    }
}
