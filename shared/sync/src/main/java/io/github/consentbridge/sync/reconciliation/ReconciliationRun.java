package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.sync.reconciliation.PageWork.Settled;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One run: pages are read one after another, settled a few at once, and accounted for in their order. */
final class ReconciliationRun {
    /** With less time than this, no further page is begun. */
    private static final Duration MIN_TIME = Duration.ofSeconds(30);

    /** What the other systems' answers take is waited for together; their own limits are kept by the clients. */
    private static final int AT_ONCE = 4;

    private final ReconciliationRequest request;
    private final List<Pass> passes;
    private final PageReader reader;
    private final PageWork work;
    private final RunRecorder recorder;
    private final Checkpoints checkpoints;
    private final Deadline deadline;
    private final RequestCount requests;
    private final Clock clock;
    private final Instant start;
    private final long expected;
    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private Checkpoint at;

    /** Whether everything so far was accounted for, so that the checkpoint may move on. */
    private boolean complete = true;

    private record UnderWay(Page page, Future<Settled> settling) {}

    ReconciliationRun(
            ReconciliationRequest request,
            List<Pass> passes,
            PageReader reader,
            PageWork work,
            RunRecorder recorder,
            Checkpoints checkpoints,
            Deadline deadline,
            RequestCount requests,
            Clock clock) {
        this.request = request;
        this.passes = passes;
        this.reader = reader;
        this.work = work;
        this.recorder = recorder;
        this.checkpoints = checkpoints;
        this.deadline = deadline;
        this.requests = requests;
        this.clock = clock;
        this.start = clock.instant();
        this.at = checkpoints.last(start);
        this.expected = checkpoints.expected();
    }

    ReconciliationReport run() throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            while (at.pass() < passes.size() && goesOn()) {
                pass(passes.get(at.pass()), workers);
            }
        } finally {
            workers.shutdown();
        }
        boolean finished =
                at.pass() == passes.size() && complete && work.stopped().isEmpty();
        if (finished || work.stopped().isPresent()) {
            checkpoints.forget();
        }
        if (finished) {
            checkpoints.readAll(at.totals().read());
        }
        if (finished && !request.dryRun()) {
            recorder.finished();
        }
        return report(finished);
    }

    private boolean goesOn() {
        return complete && work.stopped().isEmpty() && isTimeLeft(deadline, Duration.ZERO);
    }

    /** Whether there is time for another page after this wait. */
    static boolean isTimeLeft(Deadline deadline, Duration wait) {
        return deadline.remaining().compareTo(MIN_TIME.plus(wait)) >= 0;
    }

    private void pass(Pass pass, ExecutorService workers) throws InterruptedException {
        @Nullable String position = at.position();
        boolean more = true;
        try {
            while (more && goesOn()) {
                Page page = reader.read(pass, position);
                underWay.add(new UnderWay(page, workers.submit(() -> deadline.during(() -> work.settle(page)))));
                more = page.next().isPresent();
                position = page.next().orElse(null);
                if (underWay.size() == AT_ONCE) {
                    account();
                }
            }
        } finally {
            // Also when a page could not be read: those before it are settled, or being settled.
            while (!underWay.isEmpty()) {
                account();
            }
        }
    }

    /** Waits for the oldest page, tells what it came to, and moves on behind it if all of it is done. */
    private void account() throws InterruptedException {
        UnderWay oldest = underWay.remove();
        boolean before = complete;
        // As long as this page is not known to be settled: if it fails, those behind it must not move the checkpoint
        // on.
        complete = false;
        Settled settled = settled(oldest);
        Totals found = recorder.tell(settled.people());
        complete = before && settled.complete();
        if (complete) {
            recorder.onlyInDynamics(oldest.page().onlyInDynamics());
        }
        boolean moves = complete && work.stopped().isEmpty();
        // A page that is left unfinished is read again, and counted then.
        Totals all = complete ? found.plus(oldest.page().read()) : found;
        if (!moves) {
            at = at.at(at.position(), all);
        } else if (oldest.page().next().isPresent()) {
            at = at.at(oldest.page().next().get(), all);
        } else {
            if (!request.dryRun()) {
                oldest.page().passDone(Instant.parse(at.begun()));
            }
            at = at.nextPass(all);
        }
        checkpoints.save(at);
        recorder.progress(at.totals(), expected);
    }

    private static Settled settled(UnderWay page) throws InterruptedException {
        try {
            return page.settling().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a page was not settled", e.getCause());
        }
    }

    private ReconciliationReport report(boolean finished) {
        return new ReconciliationReport(
                request,
                at.totals(),
                work.stopped(),
                finished,
                requests.toDidomi(),
                requests.toDataverse(),
                Duration.between(start, clock.instant()),
                List.of());
    }
}
