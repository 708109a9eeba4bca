package io.github.consentbridge.standalone.console.task;

import io.github.consentbridge.sync.reconciliation.Difference;
import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.Totals;
import io.github.consentbridge.sync.reconciliation.Unresolved;
import java.time.Duration;
import java.util.function.Consumer;

/** Takes what a scan finds into its task, and ends the scan once the task is cancelled. */
record ScanListener(ConsoleTask task, Consumer<ConsoleTask> changed) implements ReconciliationListener {
    @Override
    public void reading(String subject) {
        goOn();
        task.reading(subject);
        changed.accept(task);
    }

    @Override
    public void waiting(String why, Duration wait, Duration left) {
        goOn();
        task.waiting(why + "; waiting at most " + left.toSeconds() + " s");
        changed.accept(task);
    }

    @Override
    public void found(Difference difference) {
        task.findings().add(difference);
    }

    @Override
    public void unresolved(Unresolved unresolved) {
        task.findings().add(unresolved);
    }

    @Override
    public void failed(String key, String reason) {
        task.findings().addFailed(key, reason);
    }

    @Override
    public void progress(Totals totals, long expected) {
        task.progress(totals, expected, System.nanoTime());
        changed.accept(task);
        goOn();
    }

    private void goOn() {
        if (task.isCancelling()) {
            throw new TaskCancelledException();
        }
    }
}
