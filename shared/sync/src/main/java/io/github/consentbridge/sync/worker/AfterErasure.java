package io.github.consentbridge.sync.worker;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.settle.SettleInput;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import io.github.consentbridge.sync.worker.PersonSettling.Gathered;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Whether a person of whom only a tombstone is left has chosen since. Where an operator erased the person here, Didomi still
 * has them: an old event that is read again adds nothing, and a user that Didomi recomputed, or that shows an event of ours
 * which was on its way, shows no choice either. So only a choice or an event that is dated later counts; what a user shows
 * counts only if Didomi has no event of the person at all.
 *
 * @param gathered with what had to be read for it
 */
record AfterErasure(Gathered gathered, boolean hasChosen) {
    static AfterErasure of(Gathered known, DidomiCalls didomi) {
        Instant erasedAt = Objects.requireNonNull(known.person().entry().erasedAt());
        if (isAnyLater(known.input().choices(), erasedAt)) {
            return new AfterErasure(known, true);
        }
        boolean shown = known.input().states().stream().anyMatch(state -> isLater(state, erasedAt));
        boolean mayShowMore = known.input().didomi() != DidomiRead.USERS_AND_EVENTS;
        Gathered read = shown && mayShowMore ? didomi.withEvents(withUsers(known, didomi)) : known;
        SettleInput input = read.input();
        boolean hasEvents = !input.events().isEmpty() || !input.ours().isEmpty();
        boolean chosen = isAnyLater(input.choices(), erasedAt) || isAnyLater(input.events(), erasedAt);
        return new AfterErasure(read, chosen || (shown && !hasEvents));
    }

    private static Gathered withUsers(Gathered known, DidomiCalls didomi) {
        return known.input().didomi() == DidomiRead.NOTHING ? didomi.withUsers(known) : known;
    }

    private static boolean isAnyLater(List<Choice> choices, Instant erasedAt) {
        return choices.stream()
                .anyMatch(choice -> choice.recordId().value().isConsent()
                        && choice.decidedAt().isAfter(erasedAt));
    }

    private static boolean isLater(DidomiState state, Instant erasedAt) {
        return state.stamp().at().isAfter(erasedAt);
    }
}
