package io.github.consentbridge.standalone.console.task;

import io.github.consentbridge.mapping.failure.BridgeException;
import io.github.consentbridge.standalone.console.ConsoleSubject;
import io.github.consentbridge.standalone.console.task.ConsoleTask.State;
import io.github.consentbridge.sync.doctor.Check;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.ReconciliationUnderWayException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The long work of a console: at most one scan and one set of checks at a time; the newest {@value #MAX_TASKS} tasks are known, and of
 * the newest {@value #MAX_WITH_FINDINGS} scans what they found. Safe for use by several threads.
 */
public final class Tasks implements AutoCloseable {
    private static final Duration MAX_STOP = Duration.ofSeconds(10);
    private static final int MAX_TASKS = 20;
    private static final int MAX_WITH_FINDINGS = 2;

    private final ConsoleSubject subject;
    private final Clock clock;
    private final Consumer<ConsoleTask> changed;
    private final BiConsumer<List<Check>, Instant> checked;

    private final List<Thread> threads = new ArrayList<>();

    /** The newest first. */
    private final Deque<ConsoleTask> tasks = new ArrayDeque<>();

    /**
     * No tasks yet.
     *
     * @param changed called when a task has changed, by its thread
     * @param checked takes what checks have found, and when
     */
    public Tasks(
            ConsoleSubject subject,
            Clock clock,
            Consumer<ConsoleTask> changed,
            BiConsumer<List<Check>, Instant> checked) {
        this.subject = subject;
        this.clock = clock;
        this.changed = changed;
        this.checked = checked;
    }

    /** Starts doctor's checks; empty if some are being made. */
    public Optional<ConsoleTask> checks() {
        return start(TaskKind.CHECKS, null, this::check);
    }

    /** Starts a dry run; empty if another scan of this console is under way. */
    public Optional<ConsoleTask> dryRun(ReconciliationRequest request) {
        return start(TaskKind.DRY_RUN, request, task -> scan(task, request, null));
    }

    /**
     * Starts to apply what a dry run has found; empty if another scan of this console is under way.
     *
     * @param of the dry run
     */
    public Optional<ConsoleTask> reconcile(ReconciliationRequest request, ConsoleTask of) {
        return start(TaskKind.RECONCILE, request, task -> scan(task, request, of));
    }

    private synchronized Optional<ConsoleTask> start(
            TaskKind kind, @Nullable ReconciliationRequest request, Consumer<ConsoleTask> work) {
        if (tasks.stream().anyMatch(task -> task.isRunning() && task.kind().isScan() == kind.isScan())) {
            return Optional.empty();
        }
        ConsoleTask task = new ConsoleTask(UUID.randomUUID().toString(), kind, request, clock.instant());
        tasks.addFirst(task);
        forgetOld();
        Thread thread = new Thread(() -> run(task, work), "console-task");
        thread.setDaemon(true);
        threads.removeIf(former -> !former.isAlive());
        thread.start();
        threads.add(thread);
        return Optional.of(task);
    }

    private void forgetOld() {
        if (tasks.size() > MAX_TASKS) {
            tasks.removeLast();
        }
        tasks.stream()
                .filter(task -> task.kind().isScan())
                .skip(MAX_WITH_FINDINGS)
                .forEach(task -> task.findings().forget());
    }

    private void run(ConsoleTask task, Consumer<ConsoleTask> work) {
        try {
            work.accept(task);
        } catch (TaskCancelledException e) {
            task.end(State.CANCELLED, "it was cancelled", clock.instant());
        } catch (BridgeException e) {
            task.end(State.FAILED, e.sentence(), clock.instant());
        } catch (RuntimeException e) {
            subject.outcomeLog()
                    .fault(
                            "console task failed",
                            e,
                            LogFields.of("kind", task.kind().word()));
            task.end(
                    State.FAILED,
                    "this failed for a reason that is not foreseen: look at the terminal that runs the console",
                    clock.instant());
        } finally {
            // Also after an Error: a task that seemed to run for ever would keep all others from starting.
            task.end(State.FAILED, "it ended without a result: start it again", clock.instant());
            changed.accept(task);
        }
    }

    private void check(ConsoleTask task) {
        task.reading("the checks of doctor");
        changed.accept(task);
        List<Check> found = subject.checks();
        if (task.isCancelling()) {
            throw new TaskCancelledException();
        }
        checked.accept(found, clock.instant());
        task.end(State.DONE, null, clock.instant());
    }

    private void scan(ConsoleTask task, ReconciliationRequest request, @Nullable ConsoleTask of) {
        try {
            ReconciliationReport report = subject.onStores(operations -> {
                try {
                    return operations.reconcile(request, new ScanListener(task, changed));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new TaskCancelledException();
                }
            });
            task.report(report, clock.instant());
        } catch (ReconciliationUnderWayException e) {
            if (of != null) {
                of.applyLater();
            }
            throw e;
        }
    }

    /** The newest first. */
    public synchronized List<ConsoleTask> all() {
        return List.copyOf(tasks);
    }

    /** The task with this id. */
    public Optional<ConsoleTask> find(String id) {
        return all().stream().filter(task -> task.id().equals(id)).findFirst();
    }

    /** Ends a task after what it is doing at the moment. A repeat does nothing. */
    public void cancel(ConsoleTask task) {
        task.cancel();
    }

    /** Cancels everything, and waits a while for what is under way: the stores must not be closed under it. */
    @Override
    public void close() {
        all().forEach(ConsoleTask::cancel);
        long until = System.nanoTime() + MAX_STOP.toNanos();
        try {
            for (Thread thread : running()) {
                thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Thread> running() {
        return List.copyOf(threads);
    }
}
