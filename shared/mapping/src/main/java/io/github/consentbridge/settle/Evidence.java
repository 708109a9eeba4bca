package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.AttributeName;
import io.github.consentbridge.settle.Settlement.ColumnWrite;
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
public record Evidence(
        List<Choice> choices,
        List<Choice> revoked,
        List<Choice> ours,
        List<DidomiState> states,
        @Nullable ContactState contact,
        DidomiRead didomi,
        List<ColumnWrite> missed) {
    public Evidence {
        choices = List.copyOf(choices);
        revoked = List.copyOf(revoked);
        ours = List.copyOf(ours);
        states = List.copyOf(states);
        missed = List.copyOf(missed);
    }

    /** Without writes that are known to have missed. */
    public Evidence(
            List<Choice> choices,
            List<Choice> revoked,
            List<Choice> ours,
            List<DidomiState> states,
            @Nullable ContactState contact,
            DidomiRead didomi) {
        this(choices, revoked, ours, states, contact, didomi, List.of());
    }

    /** Without events of ours. */
    public Evidence(
            List<Choice> choices,
            List<Choice> revoked,
            List<DidomiState> states,
            @Nullable ContactState contact,
            DidomiRead didomi) {
        this(choices, revoked, List.of(), states, contact, didomi);
    }

    /** The same with another contact, or none. */
    public Evidence withContact(@Nullable ContactState other) {
        return new Evidence(choices, revoked, ours, states, other, didomi, missed);
    }

    /** The same, where the states are all that Didomi has of the person. */
    public Evidence usersRead() {
        return usersRead(List.of(), List.of());
    }

    /** The same with what Didomi's users show, all of them. */
    public Evidence usersRead(List<Choice> more, List<DidomiState> users) {
        return new Evidence(both(choices, more), revoked, ours, both(states, users), contact, DidomiRead.USERS, missed);
    }

    /** The same with all that the person's events say. */
    public Evidence eventsRead(List<Choice> more, List<Choice> eventsOfOurs) {
        return new Evidence(
                both(choices, more), revoked, eventsOfOurs, states, contact, DidomiRead.USERS_AND_EVENTS, missed);
    }

    /** The same with further choices. */
    public Evidence alsoTold(List<Choice> more) {
        return new Evidence(both(choices, more), revoked, ours, states, contact, didomi, missed);
    }

    /** The same, where these writes are known not to have landed. */
    public Evidence alsoMissed(List<ColumnWrite> writes) {
        return new Evidence(choices, revoked, ours, states, contact, didomi, both(missed, writes));
    }

    /** Whether this write is known not to have landed. */
    boolean hasMissed(RegisterId register, AttributeName column, Writing write) {
        return missed.stream()
                .anyMatch(other -> other.register().equals(register)
                        && other.column().equals(column)
                        && other.writing().isSame(write));
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
    public static Evidence told(List<Choice> choices, List<DidomiState> states, @Nullable ContactState contact) {
        return new Evidence(choices, List.of(), states, contact, DidomiRead.NOTHING);
    }
}
