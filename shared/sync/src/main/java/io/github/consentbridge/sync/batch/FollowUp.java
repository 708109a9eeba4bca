package io.github.consentbridge.sync.batch;

import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.ReceivedDelivery;
import io.github.consentbridge.sync.worker.DeliveryOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sorts the deliveries of one batch by what follows from their outcomes. */
final class FollowUp {
    /** The wait of what cannot be stored. */
    private static final Duration UNSTORED = Duration.ofMinutes(1);

    private final Instant now;
    private final List<ReceivedDelivery> finished = new ArrayList<>();
    private final List<ReceivedDelivery> returning = new ArrayList<>();
    private final List<Dead> dead = new ArrayList<>();
    private final Map<Duration, List<Again>> sentAgain = new LinkedHashMap<>();
    private final Map<Duration, List<String>> postponed = new LinkedHashMap<>();

    /** A delivery that was received, and what is to be stored instead of it. */
    sealed interface Replaced {
        ReceivedDelivery received();
    }

    record Dead(ReceivedDelivery received, DeadLetter letter) implements Replaced {}

    record Again(ReceivedDelivery received, Delivery delivery) implements Replaced {}

    FollowUp(Instant now) {
        this.now = now;
    }

    void add(ReceivedDelivery received, DeliveryOutcome outcome) {
        if (outcome instanceof DeliveryOutcome.Postponed wait) {
            postpone(received, wait.delay());
            return;
        }
        finished.add(received);
        if (outcome instanceof DeliveryOutcome.Dead end) {
            Delivery failed = received.delivery().failedAgain(now, end.reason());
            dead.add(new Dead(received, new DeadLetter(failed, end.reason(), now)));
        } else if (outcome instanceof DeliveryOutcome.Failed failure) {
            failed(received, received.delivery().failedAgain(now, failure.reason()), failure);
        }
    }

    /** What is to be stored instead of a delivery could not be stored: it stays in the queue as it is. */
    void unstored(Replaced replaced) {
        finished.remove(replaced.received());
        postpone(replaced.received(), UNSTORED);
    }

    private void postpone(ReceivedDelivery received, Duration delay) {
        returning.add(received);
        postponed
                .computeIfAbsent(RetryDelays.whilePaused(delay, received.receives()), any -> new ArrayList<>())
                .add(received.receipt());
    }

    private void failed(ReceivedDelivery received, Delivery again, DeliveryOutcome.Failed failure) {
        Duration failing = Duration.between(since(again), now);
        Optional<Duration> delay = RetryDelays.afterFailure(failure.patience(), again.attempts(), failing);
        if (delay.isPresent()) {
            sentAgain.computeIfAbsent(delay.get(), any -> new ArrayList<>()).add(new Again(received, again));
        } else {
            String reason = failure.reason() + attempts(again.attempts(), failing);
            dead.add(new Dead(received, new DeadLetter(again, reason, now)));
        }
    }

    private Instant since(Delivery failed) {
        Delivery.@Nullable Trouble trouble = failed.trouble();
        return trouble == null ? now : trouble.since();
    }

    private static String attempts(int attempts, Duration time) {
        String hours = time.toHours() == 0 ? "" : time.toHours() + " h ";
        return "; " + attempts + " attempts within " + hours + time.toMinutesPart() + " min";
    }

    List<Dead> dead() {
        return List.copyOf(dead);
    }

    /** To be sent to the queue again, by delay. */
    Map<Duration, List<Again>> sentAgain() {
        return sentAgain;
    }

    /** Receipt handles of what is to be hidden for a while, by delay. */
    Map<Duration, List<String>> postponed() {
        return postponed;
    }

    /** What is not finished and will be tried again, whether it returns or was sent again. */
    List<Delivery> waiting() {
        return Stream.concat(
                        returning.stream().map(ReceivedDelivery::delivery),
                        sentAgain.values().stream().flatMap(List::stream).map(Again::delivery))
                .toList();
    }

    BatchResult result() {
        return new BatchResult(finished, returning, false);
    }
}
