package io.github.consentbridge.standalone.store;

import io.github.consentbridge.sync.storage.StorageException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

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

    private final Connection connection;
    private final BlockingQueue<Task<?>> tasks = new LinkedBlockingQueue<>();
    private final Thread writer = new Thread(this::writeAll, "store-writer");
    private final Task<Boolean> end = new Task<>(any -> true);
    private volatile boolean closed;

    /** @param connection for this object alone */
    GroupCommit(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * Writes, and returns when it is on disk.
     *
     * @throws StorageException if it is not known to be
     */
    <T> T write(Work<T> work) {
        Task<T> task = new Task<>(work);
        tasks.add(task);
        if (closed) {
            task.fail(new IllegalStateException("the store is closed"));
        }
        return task.await();
    }

    private static final class Task<T> {
        private final Work<T> work;
        private final CompletableFuture<T> done = new CompletableFuture<>();
        private T result;

        Task(Work<T> work) {
            this.work = work;
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
                throw new StorageException("the data folder could not be written: check the disk", e.getCause());
            }
        }
    }

    private void writeAll() {
        List<Task<?>> group = new ArrayList<>();
        while (!group.contains(end)) {
            group.clear();
            try {
                group.add(tasks.take());
            } catch (InterruptedException e) {
                // This thread is never interrupted; close() ends it by a task.
                continue;
            }
            tasks.drainTo(group, MAX_TASKS);
            write(group);
        }
        closed = true;
        tasks.forEach(task -> task.fail(new IllegalStateException("the store is closed")));
    }

    private void write(List<Task<?>> group) {
        try {
            for (Task<?> task : group) {
                task.run(connection);
            }
            commit();
            group.forEach(Task::succeed);
        } catch (SQLException | RuntimeException e) {
            rollBack();
            if (group.size() == 1) {
                group.get(0).fail(e);
            } else {
                // One of them is to blame: each alone, so that only that one fails.
                group.forEach(task -> write(List.of(task)));
            }
        }
    }

    /** To the disk itself: what was answered with 202 must outlive the machine's power, not only this process. */
    private void commit() throws SQLException {
        connection.commit();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    private void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The waiting callers get the original failure; a connection that cannot roll back fails again.
            tasks.forEach(task -> task.fail(e));
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
