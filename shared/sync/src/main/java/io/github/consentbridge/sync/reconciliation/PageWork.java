package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RetryPolicy.Sleeper;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.worker.DeliveryOutcome;
import io.github.consentbridge.sync.worker.SettledPerson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Settles pages, several at once: waits for a paused system, and asks the stop rule before anything is written. */
final class PageWork {
    private final ReconciliationRequest request;
    private final StopRule rule;
    private final Deadline deadline;
    private final Sleeper sleeper;
    private final OutcomeLog outcomeLog;
    private Optional<String> stopped = Optional.empty();

    PageWork(ReconciliationRequest request, StopRule rule, Deadline deadline, Sleeper sleeper, OutcomeLog outcomeLog) {
        this.request = request;
        this.rule = rule;
        this.deadline = deadline;
        this.sleeper = sleeper;
        this.outcomeLog = outcomeLog;
    }

    /**
     * What a page came to.
     *
     * @param people each once
     * @param complete whether everybody on it is finished; if not, the page is to be read again
     */
    record Settled(List<SettledPerson> people, boolean complete) {}

    Settled settle(Page page) throws InterruptedException {
        List<SettledPerson> finished = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        // The rule counts a page once, however often its people had to wait.
        AtomicBoolean counted = new AtomicBoolean();
        while (true) {
            List<SettledPerson> people =
                    page.settle(deadline, plan -> mayWrite(page.size(), plan, counted.compareAndSet(false, true)));
            Optional<Duration> pause = Optional.empty();
            for (SettledPerson person : people) {
                if (person.outcome() instanceof DeliveryOutcome.Postponed postponed) {
                    pause = Optional.of(postponed.delay());
                } else if (keys.add(person.key().value())) {
                    finished.add(person);
                }
            }
            if (pause.isEmpty() || !ReconciliationRun.isTimeLeft(deadline, pause.get())) {
                return new Settled(finished, pause.isEmpty());
            }
            sleeper.sleep(pause.get());
        }
    }

    private synchronized boolean mayWrite(int rows, List<SettledPerson> plan, boolean count) {
        if (count && stopped.isEmpty()) {
            Optional<String> tooMany = rule.afterPage(rows, plan);
            stopped = request.dryRun() ? Optional.empty() : tooMany;
            tooMany.ifPresent(reason -> outcomeLog.tell("reconciliation stopped", null, LogFields.of("why", reason)));
        }
        return !request.dryRun() && stopped.isEmpty();
    }

    /** Why nothing more is written; empty as long as it is. */
    synchronized Optional<String> stopped() {
        return stopped;
    }
}
