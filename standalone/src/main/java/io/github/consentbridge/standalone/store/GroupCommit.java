package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.storage.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes many callers' work in one transaction. All that waits when a commit begins shares its one flush to disk, so
 * the rate at which callers are served does not depend on how long a flush takes. One thread writes: works never see
 * each other half done, and no two of them conflict. Safe for use by several threads.
 */
final class GroupCommit implements AutoCloseable {
    /** Bounds a transaction; more waits for the next one. */
    private static final int MAX_TASKS = 1000;

    /** Something to write. It may run twice, when a neighbour of the same transaction fails: the first run is undone. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Opens a connection in a transaction, for this object alone. */
    @FunctionalInterface
    interface Opener {
        Connection open() throws SQLException;
    }

    private final Opener opener;
    private final BlockingQueue<Task<?>> tasks = new LinkedBlockingQueue<>();
    private final Thread writer = new Thread(this::writeAll, "store-writer");
    private final Task<Boolean> end = new Task<>(any -> true, false);
    private final AtomicLong fileFailures = new AtomicLong();
    private volatile boolean closed;

    /** Known to the writing thread only; none at the start and after the file failed. */
    private @Nullable Connection open;

    GroupCommit(Opener opener) {
        this.opener = opener;
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Writes, and returns when it is on disk.
     *
     * @throws StorageException if it is not known to be
     */
    <T> T write(Work<T> work) {
        return submit(new Task<>(work, false));
    }

    private <T> T submit(Task<T> task) {
        tasks.add(task);
        if (closed) {
            task.fail(new IllegalStateException("the store is closed"));
        }
        return task.await();
    }

    /**
     * Does something that cannot be part of a transaction, and returns when it is done. Others who write wait meanwhile; if it
     * fails, they are not concerned.
     *
     * @throws StorageException if it failed
     */
    <T> T alone(Work<T> work) {
        return submit(new Task<>(work, true));
    }

    /** How often the disk or the file has failed. */
    long fileFailures() {
        return fileFailures.get();
    }

    private static final class Task<T> {
        private final Work<T> work;
        private final boolean alone;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private T result;

        Task(Work<T> work, boolean alone) {
            this.work = work;
            this.alone = alone;
        }

        void run(Connection connection) throws SQLException {
            result = work.run(connection);
        }

        void succeed() {
            done.complete(result);
        }

        void fail(Exception cause) {
            done.completeExceptionally(cause);
        }

        T await() {
            try {
                return done.join();
            } catch (CompletionException e) {
                throw StoreFailure.writing(e.getCause());
            }
        }
    }

    private void writeAll() {
        List<Task<?>> group = new ArrayList<>();
        try {
            while (!group.contains(end)) {
                group.clear();
                try {
                    group.add(tasks.take());
                } catch (InterruptedException e) {
                    // This thread is never interrupted; close() ends it by a task.
                    continue;
                }
                tasks.drainTo(group, MAX_TASKS);
                write(group.stream().filter(task -> !task.alone).toList());
                group.stream().filter(task -> task.alone).forEach(this::runAlone);
            }
        } finally {
            // Also after an Error, so that nobody waits for ever for a thread that is gone.
            closed = true;
            disconnect();
            tasks.drainTo(group);
            group.forEach(task -> task.fail(new IllegalStateException("the store is closed")));
        }
    }

    private void runAlone(Task<?> task) {
        try {
            Connection connection = connection();
            connection.setAutoCommit(true);
            task.run(connection);
            connection.setAutoCommit(false);
            task.succeed();
        } catch (SQLException | RuntimeException e) {
            // The state of its transaction is not known.
            disconnect();
            task.fail(e);
        }
    }

    private void write(List<Task<?>> group) {
        if (group.isEmpty()) {
            return;
        }
        try {
            Connection connection = connection();
            for (Task<?> task : group) {
                task.run(connection);
            }
            connection.commit();
            group.forEach(Task::succeed);
        } catch (SQLException | RuntimeException e) {
            if (StoreFailure.concernsFile(e)) {
                fileFailures.incrementAndGet();
            }
            undo(e);
            if (group.size() == 1 || StoreFailure.concernsFile(e)) {
                group.forEach(task -> task.fail(e));
            } else {
                // One of them is to blame: each alone, so that only that one fails.
                group.forEach(task -> write(List.of(task)));
            }
        }
    }

    private Connection connection() throws SQLException {
        @Nullable Connection known = open;
        if (known != null) {
            return known;
        }
        Connection opened = opener.open();
        open = opened;
        return opened;
    }

    /** A connection whose file has failed is not used again: SQLite may have ended its transaction or not. */
    private void undo(Exception cause) {
        @Nullable Connection connection = open;
        if (connection == null) {
            return;
        }
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
            disconnect();
        }
        if (StoreFailure.concernsFile(cause)) {
            disconnect();
        }
    }

    private void disconnect() {
        @Nullable Connection former = open;
        open = null;
        if (former != null) {
            try {
                former.close();
            } catch (SQLException e) {
                // It is not used again either way, and its callers know the failure that led here.
                return;
            }
        }
    }

    /** Ends after what waits now is written. A repeat does nothing. */
    @Override
    public void close() {
        tasks.add(end);
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
