package io.github.consentbridge.sync.reconciliation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run: pages are read one after another, settled a few at once, and recorded in their order. */
final class ReconciliationRun {
    /** Pages wait mostly for the other systems, so they wait together. The clients observe the systems' limits. */
    private static final int AT_ONCE = 4;

    private final List<Pass> passes;
    private final PageWork work;
    private final StopRule stopRule;
    private final RunRecorder recorder;
    private final RunStore store;
    private final Runnable leaseRenewal;
    private final long expected;
    private final FirstPages first;
    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private Checkpoint at;

    /** Whether all pages so far are settled, so that the checkpoint may move on. */
    private boolean complete = true;

    private record UnderWay(Pass.Page page, Future<PageWork.Settled> settling) {}

    /** @param at where the run starts */
    ReconciliationRun(
            Checkpoint at,
            List<Pass> passes,
            PageWork work,
            StopRule stopRule,
            RunRecorder recorder,
            RunStore store,
            Runnable leaseRenewal) {
        this.at = at;
        this.passes = passes;
        this.work = work;
        this.stopRule = stopRule;
        this.recorder = recorder;
        this.store = store;
        this.leaseRenewal = leaseRenewal;
        this.expected = expected();
        this.first = new FirstPages(passes, work, stopRule);
    }

    ReconciliationReport run() throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            plan();
            while (at.pass() < passes.size() && mayContinue()) {
                run(passes.get(at.pass()), workers);
            }
        } finally {
            // Nothing may be written any more once the lease is released.
            workers.shutdown();
            while (!workers.awaitTermination(1, TimeUnit.MINUTES)) {
                leaseRenewal.run();
            }
        }
        boolean stopped = stopRule.stopped().isPresent();
        boolean finished = at.pass() == passes.size() && complete && !stopped;
        if (finished || stopped) {
            at.delete(store);
        }
        if (finished) {
            store.save(expectation(), Long.toString(at.totals().read()));
        }
        return recorder.report(at, stopRule.stopped(), finished);
    }

    /** A dry run writes nothing, so nothing need be planned before. */
    private void plan() throws InterruptedException {
        if (at.pass() == passes.size() || at.request().dryRun() || at.request().force()) {
            return;
        }
        recorder.reading(passes.get(at.pass()));
        first.plan(at.pass(), at.position());
        if (stopRule.stopped().isPresent()) {
            for (FirstPages.Plan plan : first.plans()) {
                at = at.plus(recorder.people(plan.settled().people()))
                        .plus(plan.page().read());
            }
        }
    }

    private boolean mayContinue() {
        return mayMoveOn() && work.isTimeLeft();
    }

    private boolean mayMoveOn() {
        return complete && stopRule.stopped().isEmpty();
    }

    private void run(Pass pass, ExecutorService workers) throws InterruptedException {
        int number = at.pass();
        @Nullable String position = at.position();
        boolean more = true;
        recorder.reading(pass);
        try {
            while (more && mayContinue()) {
                Optional<PageTask> planned = first.next();
                PageTask task = planned.isPresent() ? planned.get() : work.read(pass, number, position);
                underWay.add(new UnderWay(task.page(), workers.submit(() -> work.settle(task))));
                more = task.page().next().isPresent();
                position = task.page().next().orElse(null);
                if (underWay.size() == AT_ONCE) {
                    recordOldest();
                }
            }
        } finally {
            // Also if a page could not be read: the pages before it are settled or being settled.
            while (!underWay.isEmpty()) {
                recordOldest();
            }
        }
    }

    /** Waits for the oldest page, records it, and moves the checkpoint behind it if it is settled completely. */
    private void recordOldest() throws InterruptedException {
        UnderWay oldest = underWay.remove();
        boolean before = complete;
        // Until this page is known to be settled: if it fails, the pages behind it must not move the checkpoint.
        complete = false;
        PageWork.Settled settled = settled(oldest);
        at = at.plus(recorder.people(settled.people()));
        complete = before && settled.complete();
        if (complete) {
            // An incomplete page is read again, and counted then.
            at = at.plus(oldest.page().read()).plus(recorder.onlyInDynamics(settled.onlyInDynamics()));
        }
        if (mayMoveOn()) {
            moveBehind(oldest.page());
        }
        at.save(store);
        leaseRenewal.run();
        recorder.progress(at.totals(), expected);
    }

    private void moveBehind(Pass.Page page) {
        if (page.next().isPresent()) {
            at = at.nextPage(page.next().get());
            return;
        }
        if (!at.request().dryRun()) {
            passes.get(at.pass()).done(page, at.begun());
        }
        at = at.nextPass();
    }

    private static PageWork.Settled settled(UnderWay page) throws InterruptedException {
        try {
            return page.settling().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("a page was not settled", e.getCause());
        }
    }

    /** How many rows the last such run read; 0 if unknown, and for changes, whose number differs each time. */
    private long expected() {
        return at.request().scan() == Scan.DYNAMICS
                ? 0
                : store.load(expectation()).map(Long::parseLong).orElse(0L);
    }

    private String expectation() {
        return "read:" + at.request().scan().word();
    }
}
