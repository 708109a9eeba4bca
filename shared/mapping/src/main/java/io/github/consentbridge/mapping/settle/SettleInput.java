package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.CopiedValue;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.settle.Settlement.ColumnWrite;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known when a person is settled, beside the ledger entry.
 *
 * <p>The ledger is loaded before the systems are read: a row older than the ledger entry would look like a change.
 *
 * @param choices reported by the deliveries of this settle, or dated by audit history
 * @param revoked choices that Didomi has deleted (a deleted event)
 * @param events the choices in all of the person's events, if those were read
 * @param ours the values and dates of our own events as read in Didomi: they explain what Didomi shows and are not
 *     choices
 * @param states Didomi users as delivered or read
 * @param contact the contact as just read; null if there is none
 * @param didomi how much of Didomi was read for this settle
 * @param failedWrites writes of ours that are known not to have been applied: refused because the row had changed, or
 *     absent from audit history
 * @param copied values that were copied into the contact, so that they are not choices
 */
public record SettleInput(
        List<Choice> choices,
        List<Choice> revoked,
        List<Choice> events,
        List<Choice> ours,
        List<DidomiState> states,
        @Nullable ContactState contact,
        DidomiRead didomi,
        List<ColumnWrite> failedWrites,
        List<CopiedValue> copied) {
    public SettleInput {
        choices = List.copyOf(choices);
        revoked = List.copyOf(revoked);
        events = List.copyOf(events);
        ours = List.copyOf(ours);
        states = List.copyOf(states);
        failedWrites = List.copyOf(failedWrites);
        copied = List.copyOf(copied);
    }

    /** What was reported and read, without the person's events. */
    public SettleInput(
            List<Choice> choices,
            List<Choice> revoked,
            List<DidomiState> states,
            @Nullable ContactState contact,
            DidomiRead didomi) {
        this(choices, revoked, List.of(), List.of(), states, contact, didomi, List.of(), List.of());
    }

    /** The same with another contact, or none. */
    public SettleInput withContact(@Nullable ContactState other) {
        return new SettleInput(choices, revoked, events, ours, states, other, didomi, failedWrites, copied);
    }

    /** The same, once the states are known to be all of the person's Didomi users. */
    public SettleInput usersRead() {
        return usersRead(List.of(), List.of());
    }

    /** The same with the states of all of the person's Didomi users. */
    public SettleInput usersRead(List<Choice> more, List<DidomiState> users) {
        return new SettleInput(
                concat(choices, more),
                revoked,
                events,
                ours,
                concat(states, users),
                contact,
                DidomiRead.USERS,
                failedWrites,
                copied);
    }

    /** The same with the choices of all of the person's events. */
    public SettleInput eventsRead(List<Choice> eventsOfPerson, List<Choice> eventsOfOurs) {
        return new SettleInput(
                choices,
                revoked,
                eventsOfPerson,
                eventsOfOurs,
                states,
                contact,
                DidomiRead.USERS_AND_EVENTS,
                failedWrites,
                copied);
    }

    /** The same with further choices. */
    public SettleInput withChoices(List<Choice> more) {
        return new SettleInput(
                concat(choices, more), revoked, events, ours, states, contact, didomi, failedWrites, copied);
    }

    /** The same with further writes that are known to have failed. */
    public SettleInput withFailedWrites(List<ColumnWrite> writes) {
        return new SettleInput(
                choices, revoked, events, ours, states, contact, didomi, concat(failedWrites, writes), copied);
    }

    /** The same with further copied values. */
    public SettleInput withCopied(List<CopiedValue> more) {
        return new SettleInput(
                choices, revoked, events, ours, states, contact, didomi, failedWrites, concat(copied, more));
    }

    /** Whether this write is known to have failed. */
    boolean hasFailed(ConsentRecordId recordId, AttributeName column, PendingWrite write) {
        return failedWrites.stream()
                .anyMatch(other -> other.recordId().equals(recordId)
                        && other.column().equals(column)
                        && other.pending().isSame(write));
    }

    private static <T> List<T> concat(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** How much of Didomi was read. */
    public enum DidomiRead {
        NOTHING,
        /** {@code states} ends with every Didomi user of this person, as just read. */
        USERS,
        /** The users, and {@code events} and {@code ours} hold all the person's events. */
        USERS_AND_EVENTS
    }

    /** What the deliveries reported, before anything but the contact is read. */
    public static SettleInput reported(List<Choice> choices, List<DidomiState> states, @Nullable ContactState contact) {
        return new SettleInput(choices, List.of(), states, contact, DidomiRead.NOTHING);
    }
}
