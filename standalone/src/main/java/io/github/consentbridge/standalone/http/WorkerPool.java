package io.github.consentbridge.standalone.http;

import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads for what may block, such as storing a delivery. A request that finds no room, or whose answer takes too long, is
 * answered 503; what runs for it then still runs to its end. Safe for use by several threads.
 */
public final class WorkerPool implements AutoCloseable {
    private final ThreadPoolExecutor threads;
    private final Duration patience;
    private final WebhookReply busy;
    private final OutcomeLog outcomeLog;

    /**
     * A pool without threads yet.
     *
     * @param maxWaiting how many requests wait for a thread
     * @param patience within which a request is answered
     * @param busy the answer to a request for which there is no room, or not enough time, or whose work fails
     * @param outcomeLog takes the failures of work
     */
    public WorkerPool(
            String name, int maxThreads, int maxWaiting, Duration patience, WebhookReply busy, OutcomeLog outcomeLog) {
        threads = new ThreadPoolExecutor(
                maxThreads, maxThreads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(maxWaiting), work -> {
                    Worker worker = new Worker(work, name);
                    worker.setDaemon(true);
                    return worker;
                });
        threads.allowCoreThreadTimeOut(true);
        this.patience = patience;
        this.busy = busy;
        this.outcomeLog = outcomeLog;
    }

    private final class Worker extends Thread {
        Worker(Runnable work, String name) {
            super(work, name);
        }

        boolean isOf(WorkerPool pool) {
            return WorkerPool.this == pool;
        }
    }

    /**
     * Runs the work on a thread of the pool.
     *
     * @return whether it will be run
     */
    boolean run(Exchange exchange, Runnable work) {
        exchange.answerWithin(patience, busy);
        try {
            threads.execute(() -> attempt(exchange, work));
            return true;
        } catch (RejectedExecutionException e) {
            exchange.reply(busy);
            return false;
        }
    }

    /**
     * Runs the work if the calling thread is one of the pool.
     *
     * @return whether it is, and the work has been run
     */
    boolean runHere(Exchange exchange, Runnable work) {
        if (Thread.currentThread() instanceof Worker worker && worker.isOf(this)) {
            exchange.answerWithin(patience, busy);
            work.run();
            return true;
        }
        return false;
    }

    private void attempt(Exchange exchange, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            outcomeLog.fault("request failed", e, LogFields.none());
            exchange.reply(busy);
        }
    }

    /** Takes on no more. Never interrupts: in the middle of a read that would close the store's file. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
