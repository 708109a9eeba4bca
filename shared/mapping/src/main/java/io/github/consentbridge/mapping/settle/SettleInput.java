package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.ContactState;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.settle.Settlement.ColumnWrite;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything in hand when a person is settled, beside what the ledger knows.
 *
 * <p>The ledger is loaded first and the systems are read after it: a row older than the ledger's knowledge would look
 * like a change.
 *
 * @param choices told by the deliveries in hand
 * @param revoked choices that Didomi has taken back (a deleted event)
 * @param ours what events of ours say that were read in Didomi, dated as they are: they tell why Didomi shows a value, and
 *     are nobody's choice there
 * @param states Didomi users as delivered or read
 * @param contact the contact as just read; null where there is none
 * @param didomi how much of Didomi was read for this settle
 * @param missed writes of ours that are known not to have landed: refused because the row had changed, or not found in the
 *     audit history
 */
public record SettleInput(
        List<Choice> choices,
        List<Choice> revoked,
        List<Choice> ours,
        List<DidomiState> states,
        @Nullable ContactState contact,
        DidomiRead didomi,
        List<ColumnWrite> missed) {
    public SettleInput {
        choices = List.copyOf(choices);
        revoked = List.copyOf(revoked);
        ours = List.copyOf(ours);
        states = List.copyOf(states);
        missed = List.copyOf(missed);
    }

    /** Without writes that are known to have missed. */
    public SettleInput(
            List<Choice> choices,
            List<Choice> revoked,
            List<Choice> ours,
            List<DidomiState> states,
            @Nullable ContactState contact,
            DidomiRead didomi) {
        this(choices, revoked, ours, states, contact, didomi, List.of());
    }

    /** Without events of ours. */
    public SettleInput(
            List<Choice> choices,
            List<Choice> revoked,
            List<DidomiState> states,
            @Nullable ContactState contact,
            DidomiRead didomi) {
        this(choices, revoked, List.of(), states, contact, didomi);
    }

    /** The same with another contact, or none. */
    public SettleInput withContact(@Nullable ContactState other) {
        return new SettleInput(choices, revoked, ours, states, other, didomi, missed);
    }

    /** The same, where the states are all that Didomi has of the person. */
    public SettleInput usersRead() {
        return usersRead(List.of(), List.of());
    }

    /** The same with what Didomi's users show, all of them. */
    public SettleInput usersRead(List<Choice> more, List<DidomiState> users) {
        return new SettleInput(
                both(choices, more), revoked, ours, both(states, users), contact, DidomiRead.USERS, missed);
    }

    /** The same with all that the person's events say. */
    public SettleInput eventsRead(List<Choice> more, List<Choice> eventsOfOurs) {
        return new SettleInput(
                both(choices, more), revoked, eventsOfOurs, states, contact, DidomiRead.USERS_AND_EVENTS, missed);
    }

    /** The same with further choices. */
    public SettleInput alsoTold(List<Choice> more) {
        return new SettleInput(both(choices, more), revoked, ours, states, contact, didomi, missed);
    }

    /** The same, where these writes are known not to have landed. */
    public SettleInput alsoMissed(List<ColumnWrite> writes) {
        return new SettleInput(choices, revoked, ours, states, contact, didomi, both(missed, writes));
    }

    /** Whether this write is known not to have landed. */
    boolean hasMissed(ConsentRecordId recordId, AttributeName column, PendingWrite write) {
        return missed.stream()
                .anyMatch(other -> other.recordId().equals(recordId)
                        && other.column().equals(column)
                        && other.pending().isSame(write));
    }

    private static <T> List<T> both(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** How much of Didomi was read. */
    public enum DidomiRead {
        NOTHING,
        /** {@code states} ends with every Didomi user of this person, as just read. */
        USERS,
        /** The users, and {@code choices} and {@code ours} hold all the person's events. */
        USERS_AND_EVENTS
    }

    /** What the deliveries told, with nothing read yet but the contact. */
    public static SettleInput reported(List<Choice> choices, List<DidomiState> states, @Nullable ContactState contact) {
        return new SettleInput(choices, List.of(), states, contact, DidomiRead.NOTHING);
    }
}
