package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RetryPolicy.Sleeper;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.worker.DeliveryOutcome;
import io.github.consentbridge.sync.worker.SettledPerson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads and settles single pages, and waits for a system that is paused or down as long as the deadline allows. Pages are
 * read by one thread and settled by several.
 */
final class PageWork {
    /** With less time than this, no further page is begun. */
    private static final Duration MIN_TIME = Duration.ofSeconds(30);

    private static final int MAX_WAITS = 100;

    private static final int MAX_GUESSED_WAITS = 5;

    /** Before a person for whom a system failed is tried once more. */
    private static final Duration BEFORE_SECOND_TRY = Duration.ofSeconds(10);

    /** For a system that does not say when to try again. */
    private static final Duration GUESSED_WAIT = Duration.ofMinutes(1);

    private final Connections connections;
    private final StopRule stopRule;
    private final Sleeper sleeper;
    private final Deadline deadline;
    private boolean begun;

    PageWork(Connections connections, StopRule stopRule, Sleeper sleeper, Deadline deadline) {
        this.connections = connections;
        this.stopRule = stopRule;
        this.sleeper = sleeper;
        this.deadline = deadline;
    }

    /**
     * A settled page.
     *
     * @param people those who are finished, each once
     * @param onlyInDynamics keys of contacts that no Didomi user has
     * @param complete whether everyone on the page is finished; if not, the page must be read again
     */
    record Settled(List<SettledPerson> people, List<String> onlyInDynamics, boolean complete) {}

    /** Whether there is time for another page. */
    boolean isTimeLeft() {
        return isTimeLeft(Duration.ZERO);
    }

    private boolean isTimeLeft(Duration wait) {
        return deadline.remaining().compareTo(MIN_TIME.plus(wait)) >= 0;
    }

    /**
     * Reads a page. A run whose first page cannot be read fails without waiting, so that the person who started it can act.
     *
     * @throws RemoteException if it cannot be read
     */
    Pass.Page read(Pass pass, @Nullable String position) throws InterruptedException {
        int patience = MAX_WAITS;
        while (true) {
            try {
                Pass.Page page = pass.read(position);
                begun = true;
                return page;
            } catch (RemoteException e) {
                if (connections.refreshAfter(e)) {
                    continue;
                }
                // A system that says how long to wait is waited for longer.
                patience -= e.retryAfter().isPresent() ? 1 : MAX_WAITS / MAX_GUESSED_WAITS;
                Duration wait = e.retryAfter().orElse(GUESSED_WAIT);
                if (!isPassing(e) || patience <= 0 || !isTimeLeft(wait)) {
                    throw e;
                }
                sleeper.sleep(wait);
            }
        }
    }

    private boolean isPassing(RemoteException failure) {
        return failure.kind() == RemoteException.Kind.THROTTLED
                || (begun && failure.kind() == RemoteException.Kind.UNAVAILABLE);
    }

    /**
     * Settles a page once the stop rule allows it, and repeats it for people who had to wait for a paused system, and once
     * for people for whom a system failed. Its requests are bounded by the deadline here too, because pages are settled on threads of their own.
     */
    Settled settle(Pass.Page page) throws InterruptedException {
        return deadline.during(() -> settleInTime(page));
    }

    private Settled settleInTime(Pass.Page page) throws InterruptedException {
        Map<String, SettledPerson> finished = new LinkedHashMap<>();
        List<String> onlyInDynamics = new ArrayList<>();
        Set<String> failedOnce = new HashSet<>();
        AtomicBoolean counted = new AtomicBoolean();
        while (true) {
            Optional<Duration> pause = Optional.empty();
            onlyInDynamics.clear();
            List<SettledPerson> people =
                    page.settling().settle(onlyInDynamics::add, deadline, plan -> mayWrite(page, plan, counted));
            for (SettledPerson person : people) {
                if (person.outcome() instanceof DeliveryOutcome.Postponed postponed) {
                    pause = Optional.of(postponed.delay());
                } else {
                    finished.merge(person.key().value(), person, (before, now) -> isTriedAgain(before) ? now : before);
                }
            }
            boolean complete = pause.isEmpty();
            if (complete && failedOnce.addAll(failing(finished))) {
                pause = Optional.of(BEFORE_SECOND_TRY);
            }
            if (pause.isEmpty() || !isTimeLeft(pause.get())) {
                return new Settled(List.copyOf(finished.values()), onlyInDynamics, complete);
            }
            sleeper.sleep(pause.get());
        }
    }

    private static List<String> failing(Map<String, SettledPerson> finished) {
        return finished.values().stream()
                .filter(PageWork::isTriedAgain)
                .map(person -> person.key().value())
                .toList();
    }

    private static boolean isTriedAgain(SettledPerson person) {
        return person.outcome() instanceof DeliveryOutcome.Failed failed
                && failed.patience() == DeliveryOutcome.Patience.HOURS;
    }

    /** The rule counts a page once, however often it is repeated. */
    private boolean mayWrite(Pass.Page page, List<SettledPerson> plan, AtomicBoolean counted) {
        if (!counted.getAndSet(true)) {
            stopRule.count(page.rows(), plan);
        }
        return stopRule.mayWrite();
    }
}
