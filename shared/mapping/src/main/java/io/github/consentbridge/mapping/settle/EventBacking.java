package io.github.consentbridge.mapping.settle;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.SettleInput.DidomiRead;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares the choices of Didomi users with the person's events, and drops what no event backs any more: the event was
 * deleted or edited.
 *
 * <p>Dropped only where the person's events were read and explain what the user shows. If they do not, they are incomplete (an
 * imported user, or an answer from before the newest event), and nothing can be said. A choice that is later than the
 * state of its user is not judged either.
 */
final class EventBacking {
    private final ConsentRecordId recordId;
    private final SettleInput input;

    EventBacking(ConsentRecordId recordId, SettleInput input) {
        this.recordId = recordId;
        this.input = input;
    }

    /**
     * The choices in the person's events. One that is dated in the future, by an answer that does not say when it was stored,
     * is not later than the state of its user that includes it, and not later than what was seen or inferred of its value
     * before.
     */
    List<Choice> eventsAsSeen(ConsentRecord before) {
        return input.events().stream()
                .map(event -> event.isFutureDated() && !event.isDatedByDidomi() ? asSeen(event, before) : event)
                .toList();
    }

    private Choice asSeen(Choice event, ConsentRecord before) {
        String userId = Objects.requireNonNull(event.userId());
        Replica user = before.user(userId);
        boolean known = user.futureDated().stream().anyMatch(future -> future.isSame(event));
        if (known || !event.recordId().equals(recordId)) {
            return event;
        }
        Instant read = stateRead(userId).map(state -> state.stamp().at()).orElse(event.decidedAt());
        boolean shown =
                user.observed() != null && event.value().equals(user.observed().value()) && !mayBeRepeated(event, user);
        boolean inferred =
                user.inferred() != null && event.value().equals(user.inferred().value());
        return event.decidedAt(earliest(
                event.decidedAt(),
                read,
                shown ? user.shownSince() : read,
                inferred ? user.inferred().at() : read));
    }

    /**
     * Whether the user showed the value by another choice, so that this one may have been made at any time since. A refusal then
     * counts as late as it can have been made, and anything else as early (rule R2).
     */
    private static boolean mayBeRepeated(Choice event, Replica user) {
        return event.value().isRefusal()
                && user.dated() != null
                && user.dated().value().equals(event.value())
                && user.dated().decidedAt().equals(user.shownSince());
    }

    private static Instant earliest(Instant... times) {
        return Collections.min(List.of(times));
    }

    /**
     * Whether Didomi's choice decides and its user does not show it, so that its event may have been deleted. So it is
     * with a choice in hand that is older than what the user shows, and with a value that has vanished.
     */
    boolean isDoubtful(ConsentRecord before, ConsentRecord record, Decision decision) {
        return decision.side() == Side.DIDOMI
                && input.didomi() != DidomiRead.USERS_AND_EVENTS
                && record.users().entrySet().stream()
                        .filter(user -> isHidden(user.getValue(), decision))
                        .anyMatch(user -> isInHand(user.getKey(), decision) || hasVanished(before.user(user.getKey())));
    }

    /** Whether this user made the choice, and shows another value since. */
    private static boolean isHidden(Replica user, Decision decision) {
        @Nullable ReportedChoice choice = user.choice();
        return choice != null
                && choice.value().equals(decision.value())
                && choice.decidedAt().equals(decision.decidedAt())
                && user.observed() != null
                && !decision.value().equals(user.observed().value())
                && user.observed().stamp().at().isAfter(decision.decidedAt());
    }

    private boolean isInHand(String userId, Decision decision) {
        return input.choices().stream()
                .anyMatch(choice -> choice.recordId().equals(recordId)
                        && userId.equals(choice.userId())
                        && choice.value().equals(decision.value())
                        && choice.decidedAt().equals(decision.decidedAt()));
    }

    private static boolean hasVanished(Replica before) {
        return before.observed() != null && before.observed().value() != null;
    }

    /** The record without the choices that Didomi itself no longer has. */
    ConsentRecord withoutRevoked(ConsentRecord record) {
        ConsentRecord left = record;
        for (Map.Entry<String, Replica> user : record.users().entrySet()) {
            left = left.withUser(user.getKey(), withoutRevoked(user.getKey(), user.getValue()));
        }
        return left;
    }

    private Replica withoutRevoked(String userId, Replica user) {
        Replica named = user.keeping(
                dated -> !isRevoked(userId, dated.value(), dated.decidedAt()),
                future -> !isRevoked(userId, future.value(), future.claimedAt()),
                inferred -> true);
        Optional<DidomiState> state = stateRead(userId);
        if (state.isEmpty() || !explain(userId, state.get().value(recordId).value())) {
            return named;
        }
        Instant until = state.get().stamp().at();
        return named.keeping(
                dated -> dated.decidedAt().isAfter(until) || isBacked(userId, dated.value(), dated.decidedAt()),
                future -> future.at().isAfter(until) || isBacked(userId, future.value(), future.claimedAt()),
                inferred -> inferred.at().isAfter(until)
                        || inferred.uncertainWrite() != null
                        || eventsOf(userId, input.events())
                                .filter(event -> !isReported(named, event))
                                .anyMatch(event -> mayBe(event, inferred)));
    }

    /** Its choice was known when the change was inferred, so it is not the event of that change. */
    private static boolean isReported(Replica user, Choice event) {
        return user.dated() != null && user.dated().isSameChoice(event);
    }

    /** An event that is dated in the future may have been made at any time. */
    private static boolean mayBe(Choice event, InferredChoice inferred) {
        return inferred.matches(event)
                || (event.isFutureDated() && inferred.value().equals(event.value()));
    }

    /** Whether a delivery reported that the event of this choice was deleted. */
    boolean isRevoked(Choice choice) {
        return choice.userId() != null && isRevoked(choice.userId(), choice.value(), choice.claimedAt());
    }

    private boolean isRevoked(String userId, ConsentValue value, Instant claimedAt) {
        return isAmong(eventsOf(userId, input.revoked()), value, claimedAt);
    }

    private boolean isBacked(String userId, ConsentValue value, Instant claimedAt) {
        return isAmong(eventsOf(userId, input.events()), value, claimedAt);
    }

    private static boolean isAmong(Stream<Choice> events, ConsentValue value, Instant claimedAt) {
        return events.anyMatch(
                event -> event.value().equals(value) && event.claimedAt().equals(claimedAt));
    }

    /** The state as just read: the last one. */
    private Optional<DidomiState> stateRead(String userId) {
        return input.didomi() != DidomiRead.USERS_AND_EVENTS
                        || !recordId.value().isConsent()
                ? Optional.empty()
                : input.states().stream()
                        .filter(state -> state.userId().equals(userId)
                                && state.regulation().equals(recordId.regulation()))
                        .reduce((earlier, later) -> later);
    }

    /** Whether the events, in the order of their dates, end with this value. */
    private boolean explain(String userId, @Nullable ConsentValue shown) {
        List<Choice> all = Stream.concat(eventsOf(userId, input.events()), eventsOf(userId, input.ours()))
                .toList();
        Optional<Instant> last = all.stream().map(Choice::claimedAt).max(Instant::compareTo);
        return last.isEmpty()
                ? shown == null
                : all.stream()
                        .filter(event -> event.claimedAt().equals(last.get()))
                        .anyMatch(event -> Objects.equals(event.value(), shown));
    }

    /** Events that name no user may be of any of them. */
    private Stream<Choice> eventsOf(String userId, List<Choice> events) {
        return events.stream()
                .filter(event -> event.recordId().equals(recordId)
                        && event.userId() != null
                        && (event.userId().isEmpty()
                                || userId.isEmpty()
                                || event.userId().equals(userId)));
    }
}
