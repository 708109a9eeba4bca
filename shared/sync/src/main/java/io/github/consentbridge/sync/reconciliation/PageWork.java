package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.connectors.http.RetryPolicy.Sleeper;
import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.worker.DeliveryOutcome;
import io.github.consentbridge.sync.worker.DeliveryOutcome.Postponed;
import io.github.consentbridge.sync.worker.PageSettler.Permission;
import io.github.consentbridge.sync.worker.SettledPerson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads and settles single pages, and waits for a system that is paused or down. Pages are read by one thread and settled by
 * several.
 */
final class PageWork {
    /** Before a person for whom a system failed is tried once more. */
    private static final Duration BEFORE_SECOND_TRY = Duration.ofSeconds(10);

    /** For a system that does not say when to try again. */
    private static final Duration GUESSED_WAIT = Duration.ofSeconds(15);

    private final Connections connections;
    private final StopRule stopRule;
    private final Patience patience;
    private final Sleeper sleeper;
    private final Deadline deadline;
    private @Nullable PageTask last;

    PageWork(Connections connections, StopRule stopRule, Patience patience, Sleeper sleeper, Deadline deadline) {
        this.connections = connections;
        this.stopRule = stopRule;
        this.patience = patience;
        this.sleeper = sleeper;
        this.deadline = deadline;
    }

    /**
     * A settled page.
     *
     * @param people those who are finished, each once; of the others, those of whom something was repaired, with that
     * @param onlyInDynamics keys of contacts that no Didomi user has
     * @param complete whether everyone on the page is finished; if not, the page must be read again
     */
    record Settled(List<SettledPerson> people, List<String> onlyInDynamics, boolean complete) {}

    /** Whether there is time for another page. */
    boolean isTimeLeft() {
        return patience.isTimeLeft(Duration.ZERO);
    }

    /** A request, or several. */
    @FunctionalInterface
    interface Reading<T> {
        T read();
    }

    /**
     * Reads a page.
     *
     * @param number the number of the pass
     * @throws BridgeException if it cannot be read
     */
    PageTask read(Pass pass, int number, @Nullable String position) throws InterruptedException {
        Pass.Page page = patiently(() -> pass.read(position));
        PageTask task = last == null ? PageTask.first(number, page) : last.next(number, page);
        last = task;
        return task;
    }

    /**
     * Repeats a failing request as long as another try can help and the run is patient.
     *
     * @throws BridgeException the failure, if it cannot
     */
    <T> T patiently(Reading<T> reading) throws InterruptedException {
        Patience.Outage outage = patience.outage();
        while (true) {
            try {
                return reading.read();
            } catch (RemoteException e) {
                if (!connections.refreshAfter(e) && !isOver(e, outage)) {
                    throw e;
                }
            }
        }
    }

    private boolean isOver(RemoteException failure, Patience.Outage outage) throws InterruptedException {
        patience.throwIfRefused(failure);
        boolean passing =
                failure.kind() == RemoteException.Kind.THROTTLED || failure.kind() == RemoteException.Kind.UNAVAILABLE;
        return passing && outage.await(failure.retryAfter().orElse(GUESSED_WAIT), Optional.of(failure));
    }

    /** Settles a page and writes nothing, so that the stop rule knows what it would change. Safe to repeat. */
    Settled plan(PageTask task) throws InterruptedException {
        return deadline.during(() -> settle(task.page(), planned -> {
            task.plan(stopRule, planned);
            return false;
        }));
    }

    /**
     * Settles a page once the stop rule allows it, and repeats it for people who had to wait for a paused system, and once
     * for people for whom a system failed. Its requests are bounded by the deadline here too, because pages are settled on threads of their own.
     *
     * @throws BridgeException if credentials are refused, or a system does not come back in time; then nobody waits on
     */
    Settled settle(PageTask task) throws InterruptedException {
        try {
            return deadline.during(() -> settle(task.page(), planned -> task.mayWrite(stopRule, planned)));
        } catch (RuntimeException e) {
            patience.end();
            throw e;
        } finally {
            task.ended();
        }
    }

    private Settled settle(Pass.Page page, Permission permission) throws InterruptedException {
        Map<String, SettledPerson> people = new LinkedHashMap<>();
        List<String> onlyInDynamics = new ArrayList<>();
        Set<String> failedOnce = new HashSet<>();
        Patience.Outage outage = patience.outage();
        while (true) {
            onlyInDynamics.clear();
            long finishedBefore = finished(people.values());
            page.settling()
                    .settle(onlyInDynamics::add, deadline, permission)
                    .forEach(person -> people.merge(person.key().value(), person, PageWork::together));
            if (finished(people.values()) > finishedBefore) {
                outage.ended();
            }
            Optional<Postponed> postponed = longest(people.values());
            if (postponed.isEmpty()) {
                if (!failedOnce.addAll(failing(people)) || !patience.isTimeLeft(BEFORE_SECOND_TRY)) {
                    return new Settled(List.copyOf(people.values()), onlyInDynamics, true);
                }
                sleeper.sleep(BEFORE_SECOND_TRY);
            } else if (!outage.await(postponed.get().delay(), postponed.get().why())) {
                return new Settled(withoutOpen(people.values()), onlyInDynamics, false);
            }
        }
    }

    /** A page is settled as a whole, but whoever was finished stays so. */
    private static SettledPerson together(SettledPerson before, SettledPerson now) {
        return isPostponed(before) || isTriedAgain(before) ? before.then(now) : before;
    }

    private static long finished(Collection<SettledPerson> people) {
        return people.stream().filter(person -> !isPostponed(person)).count();
    }

    private static boolean isPostponed(SettledPerson person) {
        return person.outcome() instanceof Postponed;
    }

    /** The longest wait, because everyone is settled at once; of equal ones one whose reason is known. */
    private static Optional<Postponed> longest(Collection<SettledPerson> people) {
        return people.stream()
                .filter(PageWork::isPostponed)
                .map(person -> (Postponed) person.outcome())
                .max(Comparator.comparing(
                                (Postponed postponed) -> postponed.why().isPresent())
                        .thenComparing(Postponed::delay));
    }

    private static List<SettledPerson> withoutOpen(Collection<SettledPerson> people) {
        return people.stream()
                .map(person -> isPostponed(person) ? person.appliedOnly() : person)
                .filter(person -> !isPostponed(person) || !person.changes().isEmpty())
                .toList();
    }

    private static List<String> failing(Map<String, SettledPerson> people) {
        return people.values().stream()
                .filter(PageWork::isTriedAgain)
                .map(person -> person.key().value())
                .toList();
    }

    private static boolean isTriedAgain(SettledPerson person) {
        return person.outcome() instanceof DeliveryOutcome.Failed failed
                && failed.patience() == DeliveryOutcome.Patience.HOURS;
    }
}
