package io.github.consentbridge.settle;

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
 */
public record Evidence(
        List<Choice> choices,
        List<Choice> revoked,
        List<Choice> ours,
        List<DidomiState> states,
        @Nullable ContactState contact,
        DidomiRead didomi) {
    public Evidence {
        choices = List.copyOf(choices);
        revoked = List.copyOf(revoked);
        ours = List.copyOf(ours);
        states = List.copyOf(states);
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
        return new Evidence(choices, revoked, ours, states, other, didomi);
    }

    /** The same, where the states are all that Didomi has of the person. */
    public Evidence usersRead() {
        return new Evidence(choices, revoked, ours, states, contact, DidomiRead.USERS);
    }

    /** The same with further choices. */
    public Evidence alsoTold(List<Choice> more) {
        List<Choice> all = new ArrayList<>(choices);
        all.addAll(more);
        return new Evidence(all, revoked, ours, states, contact, didomi);
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
