package io.github.consentbridge.standalone.host;

import io.github.consentbridge.sync.intake.WebhookReply;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code GET /health} within two seconds, also while the store does not answer. Those who ask at the same time share
 * one examination. Safe for use by several threads.
 */
public final class Health {
    private static final long MAX_WAIT = TimeUnit.SECONDS.toNanos(2);

    private final Supplier<HealthReport> facts;
    private final Clock clock;
    private final Executor examiner;
    private @Nullable Examination running;

    private static final class Examination {
        private final long startedAt = System.nanoTime();
        private final CompletableFuture<HealthReport> report = new CompletableFuture<>();

        long left() {
            return MAX_WAIT - (System.nanoTime() - startedAt);
        }
    }

    Health(HealthFacts facts, Clock clock) {
        this.facts = facts::examine;
        this.clock = clock;
        ThreadPoolExecutor one =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Health::thread);
        one.allowCoreThreadTimeOut(true);
        this.examiner = one;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "health");
        thread.setDaemon(true);
        return thread;
    }

    /** The reply to a request for the present state. */
    public WebhookReply answer() {
        HealthReport report = report();
        return WebhookReply.json(report.status(), report.json());
    }

    /** The present state; waits at most two seconds for it. */
    public HealthReport report() {
        Examination examination = examination();
        try {
            return examination.report.get(Math.max(0, examination.left()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return unknown();
        } catch (ExecutionException e) {
            return down("The state of the bridge cannot be examined: look at the log.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unknown();
        }
    }

    /** The one that is under way, or a new one. */
    private synchronized Examination examination() {
        @Nullable Examination last = running;
        if (last == null || last.report.isDone()) {
            Examination next = new Examination();
            running = next;
            examiner.execute(() -> examine(next));
            return next;
        }
        return last;
    }

    /** Those who wait get an answer, whatever goes wrong; the thread's end is then reported as any other's. */
    private void examine(Examination examination) {
        try {
            examination.report.complete(facts.get());
        } catch (RuntimeException | Error e) {
            examination.report.completeExceptionally(e);
            throw e;
        }
    }

    private HealthReport unknown() {
        return down("The store has not answered for two seconds: check the disk.");
    }

    private HealthReport down(String problem) {
        return new HealthJson(clock.instant()).report(List.of(problem), List.of());
    }
}
