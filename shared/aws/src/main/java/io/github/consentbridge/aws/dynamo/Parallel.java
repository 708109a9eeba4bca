package io.github.consentbridge.aws.dynamo;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Runs many network-bound tasks with limited concurrency. Daemon threads are started as needed. */
final class Parallel {
    /**
     * The number of connections that the JDK keeps open to one host ({@code http.maxConnections}); more would be
     * reopened each time.
     */
    private static final int THREADS = 5;

    private static final long IDLE_SECONDS = 30;

    private final ExecutorService threads;

    Parallel() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        pool.setThreadFactory(task -> {
            Thread thread = new Thread(task, "ledger-writer");
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        threads = pool;
    }

    /**
     * The results in order, after all tasks have ended.
     *
     * @throws RuntimeException the first failure in order; all other tasks have run nevertheless
     */
    <T, R> List<R> map(List<T> items, Function<T, R> work) {
        if (items.size() == 1) {
            return List.of(work.apply(items.get(0)));
        }
        List<CompletableFuture<R>> all = items.stream()
                .map(item -> CompletableFuture.supplyAsync(() -> work.apply(item), threads))
                .toList();
        CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
                .exceptionally(failure -> null)
                .join();
        return all.stream().map(Parallel::result).toList();
    }

    private static <R> R result(CompletableFuture<R> done) {
        try {
            return done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }
}
